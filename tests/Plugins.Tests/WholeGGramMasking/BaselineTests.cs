using PluginHost.PluginKit;
using PluginHost.Plugins.Tests.GGram;

namespace PluginHost.Plugins.Tests.WholeGGramMasking;

public sealed class BaselineTests
{
    private static Dictionary<string, (double Loss, double AtMask)> Measure(
        IReadOnlyList<Sample> train, IReadOnlyList<Sample> evaluate, object? options = null, int stride = 3, params string[] ggrams)
    {
        using var bench = new GGramBench(3, stride);
        var tokenizer = bench.Use(ggrams.Length > 0 ? ggrams : ["AAA AAA"]);
        var objective = bench.Bench.Build<IObjective>("whole-ggram-masking", options);
        var context = new KitBaselineContext(tokenizer, objective, train, evaluate);
        return objective.Card.Baselines.ToDictionary(b => b.Name, b =>
        {
            var losses = b.Measure(context).SelectMany(s => s.Losses).ToLookup(l => l.Name);
            double Mean(string name) => losses[name].Sum(l => l.Sum) / losses[name].Sum(l => l.Count);
            return (Mean("masked-lm"), Mean("loss-at-mask"));
        });
    }

    /// <summary>Uniform DNA has no statistics to learn: no clue helps, and none does harm.</summary>
    [Fact]
    public void On_uniform_DNA_the_floors_are_what_theory_says()
    {
        var floors = Measure(SampleDna.Random(1500, 99, 99, seed: 1), SampleDna.Random(1000, 99, 99, seed: 2));
        var unigram = Math.Log(64);
        var kept = -Math.Log((0.1 + 0.1 / 64) / 0.2);
        var replaced = -Math.Log(0.1 / 64 / 0.2);
        Assert.Equal(unigram, floors["unigram"].Loss, 0.02);
        Assert.Equal(0.8 * unigram + 0.1 * kept + 0.1 * replaced, floors["identity-kept"].Loss, 0.05);
        foreach (var name in new[] { "unigram", "identity-kept", "hidden-run", "neighbours" })
            Assert.Equal(unigram, floors[name].AtMask, 0.04);
    }

    [Fact]
    public void What_neighbours_tell_is_found()
    {
        // Each token is the one before or its reverse, so a neighbour leaves two to choose from, and both neighbours fewer.
        var random = new SeededRandom(5);
        Sample Chain(int i)
        {
            var word = SampleDna.Sequence(random, 3);
            return new($"{i}",
                string.Concat(Enumerable.Range(0, 30)
                .Select(_ => word = random.NextDouble() < 0.5 ? word : new string([.. word.Reverse()]))));
        }
        var floors = Measure([.. Enumerable.Range(0, 1500).Select(Chain)], [.. Enumerable.Range(0, 300).Select(Chain)],
            new { maskShare = 1.0, randomShare = 0.0 });
        Assert.InRange(floors["unigram"].Loss, 4.0, 4.3);
        Assert.InRange(floors["neighbours"].Loss, 0.2, 0.9);
    }

    [Fact]
    public void Overlapping_tokens_are_told_by_their_neighbours()
    {
        var floors = Measure(SampleDna.Random(800, 99, 99, seed: 1), SampleDna.Random(300, 99, 99, seed: 2),
            new { maskShare = 1.0, randomShare = 0.0, wholeGGram = false, rate = 0.02 }, stride: 1);
        Assert.InRange(floors["neighbours"].Loss, 0, 0.35);
        Assert.InRange(floors["unigram"].Loss, 4.1, 4.2);
    }

    [Fact]
    public void That_a_whole_ggram_is_hidden_tells_something()
    {
        // One G-gram in otherwise uniform DNA: two hidden in a row are mostly it.
        var random = new SeededRandom(6);
        Sample Planted(int i) => new($"{i}",
            string.Concat(Enumerable.Range(0, 15).Select(_ => random.NextDouble() < 0.3 ? "GATTAC" : SampleDna.Sequence(random, 6))));
        var floors = Measure([.. Enumerable.Range(0, 1200).Select(Planted)], [.. Enumerable.Range(0, 300).Select(Planted)],
            new { maskShare = 1.0, randomShare = 0.0, rate = 0.08 }, 3, "GAT TAC");
        Assert.True(floors["hidden-run"].Loss < floors["unigram"].Loss - 0.3, $"{floors["hidden-run"]} against {floors["unigram"]}");
    }

    [Fact]
    public void On_real_DNA_each_clue_lowers_the_floor()
    {
        var floors = Measure(RealData.Samples("fly_splice/train.csv"), RealData.Samples("fly_splice/dev.csv"));
        Assert.InRange(floors["unigram"].Loss, 3.9, 4.16);
        Assert.True(floors["identity-kept"].Loss < floors["unigram"].Loss);
        Assert.True(floors["neighbours"].AtMask < floors["identity-kept"].AtMask);
    }
}
