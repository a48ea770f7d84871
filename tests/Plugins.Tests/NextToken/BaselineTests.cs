using PluginHost.Libs.NextToken;
using PluginHost.PluginKit;
using PluginHost.Plugins.CausalLm;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.NumericGpt;
using PluginHost.Plugins.TokenLanguage;

namespace PluginHost.Plugins.Tests.NextToken;

/// <summary>Token models on sequences whose entropy is known.</summary>
[Collection(TorchCollection.Name)]
public sealed class BaselineTests
{
    private readonly Workbench bench = new(new KMerPlugin(), new TokenLanguagePlugin(), new NumericGptPlugin(), new CausalLmPlugin());

    /// <summary>Bases of a chain of order 2: one likely successor for each pair, at 0.85, the others at 0.05 each.</summary>
    private static string Chain(SeededRandom random, int length)
    {
        var bases = new char[length];
        var state = 0;
        for (var i = 0; i < length; i++)
        {
            var likely = (state * 7 + 3) % 4;
            var next = random.NextDouble() < 0.8 ? likely : random.Next(0, 4);
            bases[i] = "ACGT"[next];
            state = (state * 4 + next) % 16;
        }
        return new(bases);
    }

    // 0.85 of one, 0.05 of three others, in bits a base.
    private static readonly double entropy = -(0.85 * Math.Log2(0.85) + 0.15 * Math.Log2(0.05));

    private (double Loss, double Bits, double Accuracy) Measure(string baseline, object tokenizer, string name = "token-language",
        Func<SeededRandom, int, string>? make = null, int rows = 400)
    {
        bench.UseTokenizer(name, tokenizer);
        bench.UseBackbone("numeric-gpt", new { layers = 1, width = 8, attentionHeads = 1, maxPositions = 512 });
        var objective = bench.Build<IObjective>("causal-lm");
        Sample Draw(int i, ulong seed) => new($"{seed}-{i}", (make ?? Chain)(new(seed, (ulong)i), 240 + i % 3));
        var context = new KitBaselineContext(bench.Tokenizer, objective, [.. Enumerable.Range(0, rows).Select(i => Draw(i, 1))],
            [.. Enumerable.Range(0, 60).Select(i => Draw(i, 2))]);
        var scored = objective.Card.Baselines.Single(b => b.Name == baseline).Measure(context).ToList();
        double Mean(string term) =>
            scored.Sum(s => s.Losses.Single(l => l.Name == term).Sum) / scored.Sum(s => s.Losses.Single(l => l.Name == term).Count);
        return (Mean("next-token"), Mean("bits-per-base"),
            scored.Sum(s => s.Labels!.Zip(s.Predicted!).Count(p => p.First == p.Second)) / (double)scored.Sum(s => s.Labels!.Length));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_chain_over_bases_reaches_the_entropy_whatever_the_words(int k) =>
        Assert.InRange(Measure("base markov", new { k }).Bits, entropy - 0.03, entropy + 0.03);

    [Fact]
    public void The_chain_over_bases_knows_what_overlapping_words_give_away()
    {
        var (loss, bits, _) = Measure("base markov", new { k = 3 }, "kmer");
        Assert.InRange(bits, entropy - 0.03, entropy + 0.03);
        Assert.InRange(loss, entropy * Math.Log(2) * 0.9, entropy * Math.Log(2) * 1.1);
    }

    [Fact]
    public void The_chain_over_tokens_reaches_the_entropy_of_single_bases()
    {
        var (loss, _, accuracy) = Measure("token markov", new { k = 1 });
        Assert.InRange(loss, (entropy - 0.03) * Math.Log(2), (entropy + 0.03) * Math.Log(2));
        Assert.InRange(accuracy, 0.82, 0.88);
    }

    [Fact]
    public void The_most_probable_word_is_found()
    {
        // Three likely bases one after another.
        Assert.InRange(Measure("base markov", new { k = 3 }).Accuracy, 0.85 * 0.85 * 0.85 - 0.05, 0.85 * 0.85 * 0.85 + 0.05);
    }

    [Fact]
    public void On_random_bases_no_order_helps()
    {
        foreach (var baseline in new[] { "unigram", "token markov", "base markov" })
            Assert.InRange(Measure(baseline, new { k = 2 }, make: SampleDna.Sequence).Bits, 1.995, 2.02);
    }

    [Fact]
    public void The_unigram_knows_frequencies_alone()
    {
        string Skewed(SeededRandom random, int length) =>
            string.Create(length, random, static (b, r) =>
                { for (var i = 0; i < b.Length; i++) b[i] = r.NextDouble() < 0.7 ? 'A' : "CGT"[r.Next(0, 3)]; });
        var bits = -(0.7 * Math.Log2(0.7) + 0.3 * Math.Log2(0.1));
        Assert.InRange(Measure("unigram", new { k = 1 }, make: Skewed).Bits, bits - 0.03, bits + 0.03);
        Assert.InRange(Measure("unigram", new { k = 1 }).Bits, 1.9, 2.01);
    }

    [Fact]
    public void Few_rows_make_no_baseline_fail()
    {
        foreach (var baseline in new[] { "unigram", "token markov", "base markov" })
            Assert.True(double.IsFinite(Measure(baseline, new { k = 3 }, rows: 2).Loss));
    }

    [Fact]
    public void A_context_never_crosses_an_unknown_base()
    {
        var counts = new BaseCounts(3);
        counts.Add("ACNGT", new(0, 5));
        Assert.Equal((5, 1), (counts.Total, counts.Others));
        Assert.Equal((1, 1), counts.Look(1, 0, 1));       // A then C
        Assert.Equal((1, 1), counts.Look(1, 2, 3));       // G then T
        Assert.Equal((0, 0), counts.Look(2, 0b0110, 3));  // C G then T would cross the N
        Assert.Equal((0, 0), counts.Before("ACN", 3));
    }

    // Windows at random read a short genome ten times: what is kept out for the choice must not be known from other windows.
    [Fact]
    public void Windows_that_overlap_do_not_make_long_contexts_look_good()
    {
        var genome = SampleDna.Sequence(new(7, 0), 20_000);
        var random = new SeededRandom(7, 1);
        var chain = new BaseChain();
        chain.Fit(Enumerable.Range(0, 1_000).Select(_ =>
            (IReadOnlyList<(string, BaseSpan)>)[(genome.Substring(random.Next(0, genome.Length - 200), 200), new(0, 200))]));

        var other = SampleDna.Sequence(new(7, 2), 10_000);
        Assert.InRange(-chain.Log(other, new(0, other.Length)) / other.Length / Math.Log(2), 1.99, 2.02);
    }

    [Fact]
    public void Interpolation_stops_at_the_order_that_helps()
    {
        var chain = new BaseChain(8);
        chain.Fit(Enumerable.Range(0, 200).Select(i => (IReadOnlyList<(string, BaseSpan)>)[(Chain(new(5, (ulong)i), 400), new(0, 400))]));
        Assert.InRange(chain.Order, 2, 4);
        var uniform = Enumerable.Range(0, 4).Sum(d => chain.Probability(0b0110_1100, 4, d));
        Assert.Equal(1, uniform + chain.Probability(0, 0, -1), 9);
    }
}
