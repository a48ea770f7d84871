using PluginHost.Plugins.MaskedLm;

namespace PluginHost.Plugins.Tests.MaskedLm;

public sealed class HiddenStretchesTests
{
    private static BaseSpan[] KMers(int k, int bases, int stride = 1) =>
        [.. Enumerable.Range(0, (bases - k) / stride + 1).Select(i => new BaseSpan(i * stride, i * stride + k))];

    private static List<int> Runs(bool[] hidden)
    {
        var runs = new List<int>();
        for (var i = 0; i < hidden.Length; i++)
        {
            if (!hidden[i]) continue;
            if (i == 0 || !hidden[i - 1]) runs.Add(0);
            runs[^1]++;
        }
        return runs;
    }

    [Fact]
    public void One_base_hides_k_contiguous_kmers()
    {
        var runs = Enumerable.Range(0, 200)
            .Select(seed => HiddenStretches.Choose(KMers(6, 305), 1, 6.0 / 300, new((ulong)seed)))
            .Where(hidden => !hidden.Take(5).Concat(hidden.TakeLast(5)).Any(h => h))
            .SelectMany(Runs).ToList();
        Assert.NotEmpty(runs);
        Assert.All(runs, run => Assert.Equal(6, run));
    }

    [Fact]
    public void A_longer_stretch_is_out_of_every_neighbours_sight()
    {
        var spans = KMers(3, 400);
        for (var seed = 0UL; seed < 50; seed++)
        {
            var hidden = HiddenStretches.Choose(spans, 10, 0.15, new(seed));
            var seen = new bool[400];
            for (var i = 0; i < spans.Length; i++)
                if (!hidden[i]) Array.Fill(seen, true, spans[i].Start, 3);
            foreach (var run in Runs([.. seen.Select(s => !s)]))
                Assert.True(run >= 10 || seen.Length > 0 && (!seen[0] || !seen[^1]), $"a hidden run of {run} bases");
        }
    }

    [Theory]
    [InlineData(6, 1, 1, 0.15, 505)]
    [InlineData(6, 1, 1, 0.20, 100)]
    [InlineData(6, 1, 1, 0.15, 12)]
    [InlineData(3, 1, 12, 0.15, 100)]
    [InlineData(6, 6, 1, 0.15, 300)]
    [InlineData(6, 6, 12, 0.15, 90)]
    [InlineData(1, 1, 1, 0.5, 10)]
    [InlineData(3, 1, 1, 0.9, 30)]
    public void The_share_is_exact_in_expectation_and_within_one_stretch_each_time(int k, int stride, int stretch, double rate, int bases)
    {
        const int Trials = 20_000;
        var spans = KMers(k, bases, stride);
        var random = new SeededRandom(3, (ulong)k, (ulong)stretch);
        var target = rate * spans.Length;
        var widest = (k + stretch - 2) / stride + 1;
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < Trials; i++)
        {
            var count = HiddenStretches.Choose(spans, stretch, rate, random).Count(h => h);
            Assert.InRange(count, target - widest, target + widest);
            sum += count;
            squares += (double)count * count;
        }
        var mean = sum / Trials;
        var error = Math.Sqrt(Math.Max(0, squares / Trials - mean * mean) / Trials);
        Assert.InRange(mean, target - 4.5 * error - 1e-9, target + 4.5 * error + 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Tokens_have_nearly_the_same_chance_wherever_they_stand(int stretch)
    {
        const int Trials = 30_000;
        var spans = KMers(3, 202);
        var counts = new int[spans.Length];
        var random = new SeededRandom(5);
        for (var i = 0; i < Trials; i++)
        {
            var hidden = HiddenStretches.Choose(spans, stretch, 0.15, random);
            for (var t = 0; t < hidden.Length; t++) counts[t] += hidden[t] ? 1 : 0;
        }
        var shares = counts.Select(c => (double)c / Trials).ToArray();
        Assert.InRange(shares.Min(), 0.14, 0.15);
        Assert.InRange(shares.Max(), 0.15, 0.16);
    }

    [Fact]
    public void Words_of_mixed_length_are_hidden_whole()
    {
        BaseSpan[] spans = [new(0, 4), new(4, 5), new(5, 12), new(12, 13), new(13, 15)];
        for (var seed = 0UL; seed < 100; seed++)
            Assert.InRange(HiddenStretches.Choose(spans, 1, 0.2, new(seed)).Count(h => h), 1, 1);
    }

    [Fact]
    public void No_candidates_are_no_work() => Assert.Empty(HiddenStretches.Choose([], 1, 0.15, new(1)));
}
