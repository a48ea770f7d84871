using PluginHost.PluginKit;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.MaskedLm;

namespace PluginHost.Plugins.Tests.MaskedLm;

/// <summary>The baseline that looks at the nearest visible tokens.</summary>
public sealed class ContextBaselineTests
{
    private static Dictionary<string,
        double> Measure(string tokenizer, object? tokenizerOptions, IReadOnlyList<Sample> train, IReadOnlyList<Sample> evaluate,
        object? options = null)
    {
        var bench = new Workbench(new KMerPlugin(), new RaggedPlugin(), new MaskedLmPlugin());
        bench.UseTokenizer(tokenizer, tokenizerOptions);
        var objective = bench.Build<IObjective>("masked-lm", options);
        var context = new KitBaselineContext(bench.Tokenizer, objective, train, evaluate);
        return objective.Card.Baselines.ToDictionary(b => b.Name, b =>
        {
            var losses = b.Measure(context).SelectMany(s => s.Losses).Where(l => l.Name == "loss-at-mask").ToList();
            return losses.Sum(l => l.Sum) / losses.Sum(l => l.Count);
        });
    }

    /// <summary>A Markov chain over A, C, G, T in which a base follows the one before with 70 %.</summary>
    private static IReadOnlyList<Sample> Chains(ulong seed) => [.. Enumerable.Range(0, 400).Select(i =>
    {
        var random = new SeededRandom(seed, (ulong)i);
        var bases = new char[120];
        for (var t = 0; t < bases.Length; t++) bases[t] = t > 0 && random.NextDouble() < 0.7
            ? "ACGT"[("ACGT".IndexOf(bases[t - 1]) + 1) % 4] : "ACGT"[random.Next(0, 4)];
        return new Sample($"chain-{i}", new string(bases));
    })];

    [Fact]
    public void Of_a_Markov_chain_it_finds_what_both_neighbours_tell()
    {
        var floors = Measure("kmer", new { k = 1 }, Chains(1), Chains(2), new { rate = 0.02, maskShare = 1.0, randomShare = 0.0 });
        // Transition: 0.7 + 0.3 / 4 to the next letter, 0.3 / 4 to each other; stationary uniform.
        var (next, other) = (0.775, 0.075);
        var entropy = 0.0;
        for (var middle = 0; middle < 4; middle++)
            for (var right = 0; right < 4; right++)
            {
                double P(int m) => (m == 1 ? next : other) * ((right - m + 4) % 4 == 1 ? next : other);
                entropy -= P(middle) * Math.Log(P(middle) / Enumerable.Range(0, 4).Sum(P));
            }
        Assert.Equal(Math.Log(4), floors["unigram"], 0.01);
        Assert.Equal(entropy, floors["context"], 0.06);
    }

    [Fact]
    public void On_uniform_DNA_it_is_no_better_than_frequencies()
    {
        var floors = Measure("ragged", null, SampleDna.Random(1500, 100, 100, seed: 1), SampleDna.Random(500, 100, 100, seed: 2));
        Assert.InRange(floors["context"], floors["unigram"] - 0.6, floors["unigram"] + 0.02);
        var bases = Measure("kmer", new { k = 1 }, SampleDna.Random(500, 100, 100, seed: 1), SampleDna.Random(500, 100, 100, seed: 2));
        Assert.Equal(Math.Log(4), bases["context"], 0.01);
    }

    [Fact]
    public void On_real_DNA_it_is_the_strongest()
    {
        var (train, evaluate) = (RealData.Samples("fly_splice/train.csv"), RealData.Samples("fly_splice/dev.csv"));
        foreach (var (tokenizer, options) in new (string, object?)[] { ("ragged", null), ("ragged", new { mixed = true }),
            ("kmer", new { k = 3 }) })
        {
            var floors = Measure(tokenizer, options, train, evaluate);
            Assert.True(floors["context"] < floors["neighbour-copy"] - 0.005, $"{tokenizer}: {string.Join(", ", floors)}");
            Assert.True(floors["neighbour-copy"] <= floors["unigram"] + 1e-9, $"{tokenizer}: {string.Join(", ", floors)}");
        }
    }

    [Fact]
    public void A_prompt_that_names_the_vocabulary_is_known_to_all()
    {
        var (train, evaluate) = (SampleDna.Random(800, 100, 100, seed: 1), SampleDna.Random(400, 100, 100, seed: 2));
        var mixed = Measure("ragged", new { mixed = true }, train, evaluate)["unigram"];
        var words = Measure("ragged", null, train, evaluate)["unigram"];
        var share = 0.27;   // of scored positions are words: a 3-mer at every base, a word at every 2.5
        Assert.Equal(share * words + (1 - share) * Math.Log(64), mixed, 0.12);
    }

    [Fact]
    public void Labels_of_every_scheme_have_a_finite_loss()
    {
        var samples = SampleDna.Random(100, 60, 60)
            .Concat([new Sample("n-1", "ACGTNNNNNNNACGTACGT"), new Sample("n-2", "ACGTNNNNNNNACGTACGT")]).ToList();
        foreach (var options in new object[] { new { askUnknown = true }, new { scheme = "dnabert-release" },
            new { scheme = "genomics-fm-release" } })
            Assert.All(Measure("ragged", new { mixed = true }, samples, samples, options).Values, loss =>
                Assert.True(double.IsFinite(loss), $"{options}: {loss}"));
    }
}
