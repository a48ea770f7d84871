using PluginHost.PluginKit;
using PluginHost.Plugins.Ensemble;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.MaskedLm;

namespace PluginHost.Plugins.Tests.MaskedLm;

public sealed class BaselineTests
{
    private static Dictionary<string, (double Loss, double AtMask, double Accuracy)> Measure(
        int k, object? options = null, int stride = 1, IReadOnlyList<Sample>? train = null, IReadOnlyList<Sample>? evaluate = null)
    {
        var bench = new Workbench(new KMerPlugin(), new MaskedLmPlugin());
        bench.UseTokenizer("kmer", new { k, stride });
        var objective = bench.Build<IObjective>("masked-lm", options);
        var context = new KitBaselineContext(bench.Tokenizer, objective, train ?? SampleDna.Random(1500, 100, 100, seed: 1),
            evaluate ?? SampleDna.Random(1500, 100, 100, seed: 2));
        return objective.Card.Baselines.ToDictionary(b => b.Name, b =>
        {
            var scored = b.Measure(context).ToList();
            var right = scored.Sum(s => s.Labels!.Zip(s.Predicted!, (a, c) => a == c ? 1.0 : 0).Sum());
            return (Mean(scored, "masked-lm"), Mean(scored, "loss-at-mask"), right / scored.Sum(s => s.Labels!.Length));
        });
    }

    private static double Mean(List<Scored> scored, string name)
    {
        var losses = scored.SelectMany(s => s.Losses).Where(l => l.Name == name).ToList();
        return losses.Sum(l => l.Sum) / losses.Sum(l => l.Count);
    }

    /// <summary>Uniform DNA has no statistics to learn, so each floor has a closed form.</summary>
    [Fact]
    public void On_uniform_DNA_the_floors_are_what_theory_says()
    {
        var floors = Measure(3, new { rate = 0.03 });
        var unigram = Math.Log(64);
        var odds = 0.1 / (0.1 + 0.1 / 64);   // a token not masked is the original with these odds, times its frequency
        Assert.Equal(unigram, floors["unigram"].Loss, 0.02);
        Assert.Equal(unigram, floors["unigram"].AtMask, 0.02);
        // Kept and replaced are equally frequent, and a kept token is as likely as a replaced one that looks the same.
        var kept = -Math.Log((0.1 + 0.1 / 64) / 0.2);
        var replaced = -Math.Log(0.1 / 64 / 0.2);
        Assert.Equal(0.8 * unigram + 0.1 * kept + 0.1 * replaced, floors["identity-kept"].Loss, 0.05);
        Assert.Equal(unigram, floors["identity-kept"].AtMask, 0.02);
        // A lone run of k masked k-mers hides one base in all of them.
        Assert.Equal(Math.Log(4), floors["neighbour-copy"].AtMask, 0.15);
        Assert.True(odds > 0.9);
    }

    [Fact]
    public void A_hidden_stretch_longer_than_a_token_leaves_nothing_to_copy_in_its_middle()
    {
        var short1 = Measure(3, new { maskShare = 1.0, randomShare = 0.0 })["neighbour-copy"].Loss;
        var long12 = Measure(3, new { spanBases = 12, maskShare = 1.0, randomShare = 0.0 })["neighbour-copy"].Loss;
        Assert.InRange(short1, 1.3, 1.9);
        Assert.InRange(long12, 3.3, 4.16);
    }

    /// <summary>ln 16 for 2-mers and ln 64 for 3-mers; without heed to the prompt each would cost ln 2 more.</summary>
    [Fact]
    public void Which_vocabulary_a_sequence_is_written_in_is_not_counted_as_learning()
    {
        var bench = new Workbench(new EnsemblePlugin(), new KMerPlugin(), new MaskedLmPlugin());
        VocabularyOptions[] vocabularies =
            [.. ((int[])[2, 3]).Select(k =>
                new VocabularyOptions { Name = $"K{k}", Tokenizer = new("kmer", new Dictionary<string, object?> { ["k"] = k }) })];
        bench.UseTokenizer("ensemble", new { vocabularies });
        var objective = bench.Build<IObjective>("masked-lm", new { maskShare = 1.0, randomShare = 0.0 });
        var context = new KitBaselineContext(bench.Tokenizer, objective, SampleDna.Random(1500, 100, 100, seed: 1),
            SampleDna.Random(600, 100, 100, seed: 2));
        var unigram = Mean([.. objective.Card.Baselines.Single(b => b.Name == "unigram").Measure(context)], "masked-lm");
        Assert.Equal((Math.Log(16) + Math.Log(64)) / 2, unigram, 0.1);
    }

    [Fact]
    public void Without_overlap_there_is_nothing_to_copy()
    {
        var floors = Measure(3, stride: 3);
        Assert.Equal(floors["identity-kept"].Loss, floors["neighbour-copy"].Loss, 9);
    }

    [Fact]
    public void On_the_sample_genomes_splice_windows_the_floors_are_near_the_trials_figures()
    {
        var floors = Measure(3, train: RealData.Samples("fly_splice/train.csv"), evaluate: RealData.Samples("fly_splice/dev.csv"));
        Assert.InRange(floors["unigram"].Loss, 4.02, 4.16);
        Assert.InRange(floors["identity-kept"].Loss, 3.75, 3.90);
        Assert.InRange(floors["neighbour-copy"].Loss, 1.4, 1.75);
        Assert.InRange(floors["neighbour-copy"].Accuracy, 0.3, 0.7);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(8)]
    public void Longer_words_take_seconds(int k)
    {
        var floors = Measure(k, train: SampleDna.Random(500, 100, 100, seed: 1), evaluate: SampleDna.Random(150, 100, 100, seed: 2));
        Assert.InRange(floors["neighbour-copy"].Loss, 1.0, floors["identity-kept"].Loss);
    }

    [Fact]
    public void The_table_of_agreeing_tokens_equals_a_plain_search()
    {
        string[] words = ["A", "C", "G", "T", "AC", "GT", "ACG", "ACT", "AAAA", "AAAC"];
        var vocabulary = new Vocabulary(["[PAD]", .. words], ["[PAD]"]);
        var counts = Enumerable.Range(0, vocabulary.Count).Select(i => (long)i * i).ToArray();
        var table = new TokenTable(vocabulary, counts);
        foreach (var pattern in new[] { "A?", "?C", "AC?", "?C?", "A", "AAA?", "A??A", "G?" })
        {
            var (known, value) = (0UL, 0UL);
            foreach (var letter in pattern)
            {
                known = known << 2 | (letter == '?' ? 0u : 3u);
                value = value << 2 | (letter == '?' ? 0u : (uint)"ACGT".IndexOf(letter));
            }
            var agree = words.Where(w => w.Length == pattern.Length && w.Zip(pattern).All(p => p.Second == '?' || p.First == p.Second))
                .Select(w => vocabulary.Find(w)!.Value).ToList();
            var match = table.Agreeing(pattern.Length, known, value);
            Assert.Equal(agree.Count == 0 ? 1 : agree.Sum(id => table[id]), match.Sum, 12);
            Assert.Equal(agree.Count == 0 ? words.Length : agree.MaxBy(id => table[id]), match.Best);
        }
        Assert.Equal(1, vocabulary.Regular.Sum(id => table[id]), 12);
    }
}
