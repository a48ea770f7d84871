using System.Text.Json;
using PluginHost.Plugins.Tests.GGram;
using PluginHost.Plugins.WholeGGramMasking;

namespace PluginHost.Plugins.Tests.WholeGGramMasking;

/// <summary>Which tokens and G-grams are hidden, against Golden/ggram/ggram_reference.py and as properties.</summary>
public sealed class SpreadTests
{
    private static int[] Ints(JsonElement list) => [.. list.EnumerateArray().Select(e => e.GetInt32())];

    private static IEnumerable<int> Range(JsonElement ends) =>
        Enumerable.Range(ends[0].GetInt32(), ends[1].GetInt32() - ends[0].GetInt32());

    private static string Show(GGramOccurrences ggrams) => string.Join("; ", ggrams.Ids.Select((id, g) =>
        $"{id}: {string.Join(' ', ggrams.Ranges.Where(r => r.Place == g).SelectMany(r => Enumerable.Range(r.Start, r.End - r.Start))
            .Distinct().Order())}"));

    [Theory]
    [InlineData(Cascade.None)]
    [InlineData(Cascade.Forward)]
    [InlineData(Cascade.All)]
    public void Hidden_tokens_and_visible_ggrams_equal_the_reference(Cascade cascade)
    {
        var golden = GGramBench.Golden("masking");
        var sequences = golden.GetProperty("sequences").EnumerateArray().Select(s => s.GetString()!).ToList();
        foreach (var merge in new[] { false, true })
        {
            using var bench = new GGramBench(3, extra: new { repeats = merge ? "merge" : "separate" });
            var tokenizer = bench.Use(golden.GetProperty("ggrams").EnumerateArray().Select(g => (g[0].GetString()!, g[1].GetInt32())));
            foreach (var expected in golden.GetProperty("cases").EnumerateArray().Where(c => c.GetProperty("merge").GetBoolean() == merge))
            {
                var encoding = tokenizer.Encode(new("x", sequences[expected.GetProperty("sequence").GetInt32()]),
                    new(SpecialTokens: false));
                var ggrams = GGramOccurrences.Of(encoding);
                var rows = string.Join("; ", expected.GetProperty("rows").EnumerateArray().Select(r =>
                    $"{r[0]}: {string.Join(' ', r[1].EnumerateArray().SelectMany(Range).Distinct().Order())}"));
                Assert.Equal(rows, Show(ggrams));
                var hidden = new bool[encoding.Ids.Length];
                foreach (var t in Ints(expected.GetProperty("drawn"))) hidden[t] = true;
                new HiddenTokens(new() { Cascade = cascade }).Spread(hidden, MaskedRows.Maskable(encoding, tokenizer.Vocabulary), ggrams);
                var wanted = expected.GetProperty(cascade.ToString().ToLowerInvariant());
                Assert.Equal(Ints(wanted.GetProperty("hidden")), Enumerable.Range(0, hidden.Length).Where(t => hidden[t]));
                Assert.Equal(string.Join("; ", wanted.GetProperty("visible").EnumerateArray()
                    .Select(v => $"{v[0]}: {string.Join(' ', Ints(v[1]))}")), Show(ggrams.Without(hidden)));
            }
        }
    }

    private static (bool[] Maskable, GGramOccurrences GGrams) Random(SeededRandom random, int tokens, int count)
    {
        var ranges = Enumerable.Range(0, count).Select(g => (Place: g, Start: random.Next(0, tokens - 1)))
            .Select(r => (r.Place, r.Start, Math.Min(tokens, r.Start + random.Next(2, 6)))).ToArray();
        return ([.. Enumerable.Range(0, tokens).Select(_ => random.NextDouble() < 0.95)],
            new([.. Enumerable.Range(1, count).Select(i => (long)i)], ranges));
    }

    [Theory]
    [InlineData(RateOf.Drawn, true)]
    [InlineData(RateOf.Hidden, true)]
    [InlineData(RateOf.Drawn, false)]
    public void Nothing_hidden_is_seen_by_the_ggram_encoder_and_nothing_visible_is_lost(RateOf rateOf, bool whole)
    {
        foreach (var cascade in Enum.GetValues<Cascade>())
            for (var seed = 0UL; seed < 300; seed++)
            {
                var random = new SeededRandom(seed, (ulong)cascade);
                var (maskable, ggrams) = Random(random, random.Next(2, 60), random.Next(0, 40));
                var hidden = new HiddenTokens(new() { RateOf = rateOf, WholeGGram = whole, Cascade = cascade, Rate = 0.2 })
                    .Choose(maskable, ggrams, random);
                Assert.DoesNotContain(true, hidden.Zip(maskable, (h, m) => h && !m));
                var visible = ggrams.Without(hidden);
                Assert.All(visible.Ranges, r => Assert.DoesNotContain(true, hidden[r.Start..r.End]));
                Assert.Equal(ggrams.Ranges.Where(r => !hidden[r.Start..r.End].Contains(true)).Select(r => ggrams.Ids[r.Place]),
                    visible.Ranges.Select(r => visible.Ids[r.Place]));
                if (!whole || cascade != Cascade.All) continue;
                Assert.All(ggrams.Ranges, r =>
                {
                    var inside = Enumerable.Range(r.Start, r.End - r.Start).Where(t => maskable[t]).Select(t => hidden[t]).Distinct();
                    Assert.True(inside.Count() <= 1, "a G-gram is hidden in part.");
                });
            }
    }

    [Fact]
    public void Every_ggram_of_a_drawn_token_is_hidden_whole_and_no_other_without_cascade()
    {
        for (var seed = 0UL; seed < 300; seed++)
        {
            var random = new SeededRandom(seed);
            var (maskable, ggrams) = Random(random, 40, 20);
            var drawn = maskable.Select((m, t) => m && t % 7 == (int)seed % 7).ToArray();
            var hidden = (bool[])drawn.Clone();
            new HiddenTokens(new()).Spread(hidden, maskable, ggrams);
            for (var t = 0; t < 40; t++)
                Assert.Equal(maskable[t]
                    && (drawn[t] || ggrams.Ranges.Any(r => r.Start <= t && t < r.End && drawn[r.Start..r.End].Contains(true))), hidden[t]);
        }
    }

    [Theory]
    [InlineData(RateOf.Hidden, true, Cascade.None)]
    [InlineData(RateOf.Hidden, true, Cascade.All)]
    [InlineData(RateOf.Hidden, false, Cascade.None)]
    [InlineData(RateOf.Drawn, false, Cascade.None)]
    public void The_share_is_the_rate(RateOf rateOf, bool whole, Cascade cascade)
    {
        const int Trials = 4000;
        var random = new SeededRandom(9);
        var (maskable, ggrams) = Random(new(4), 50, 12);
        var hiding = new HiddenTokens(new() { RateOf = rateOf, WholeGGram = whole, Cascade = cascade });
        var counts = Enumerable.Range(0, Trials).Select(_ => (double)hiding.Choose(maskable, ggrams, random).Count(h => h)).ToList();
        var target = 0.15 * maskable.Count(m => m);
        var error = Math.Sqrt(counts.Sum(c => (c - target) * (c - target)) / Trials / Trials);
        Assert.InRange(counts.Average(), target - 4.5 * error - 1e-9, target + 4.5 * error + 1e-9);
    }

    [Fact]
    public void At_the_papers_rate_whole_ggrams_add_to_what_is_hidden()
    {
        var random = new SeededRandom(9);
        var (maskable, ggrams) = Random(new(4), 50, 12);
        double Share(bool whole) => Enumerable.Range(0, 500)
            .Average(_ => new HiddenTokens(new() { WholeGGram = whole }).Choose(maskable, ggrams, random)
            .Count(h => h)) / maskable.Count(m => m);
        Assert.InRange(Share(false), 0.14, 0.16);
        Assert.InRange(Share(true), 0.25, 0.7);
    }
}
