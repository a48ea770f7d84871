namespace PluginHost.Abstractions.Tests;

public sealed class SeededRandomTests
{
    [Fact]
    public void Equal_coordinates_give_equal_streams_and_others_different_ones()
    {
        ulong First(params ulong[] at) => new SeededRandom(at).NextUInt64();
        Assert.Equal(First(7, 1, 2), First(7, 1, 2));
        var all = new[] { First(), First(0), First(0, 0), First(7), First(7, 1), First(1, 7), First(7, 1, 2), First(7, 2, 1) };
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void The_stream_never_changes_between_versions() // or every recorded run would
    {
        var random = new SeededRandom(42, 3);
        Assert.Equal(Recorded, Enumerable.Range(0, 3).Select(_ => random.NextUInt64()));
    }

    [Fact]
    public void Draws_stay_in_range_and_are_even()
    {
        var random = new SeededRandom(1);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[random.Next(7)]++;
            Assert.InRange(random.NextDouble(), 0, 0.9999999999999999);
            Assert.InRange(random.Next(-3, 4), -3, 3);
        }
        // Ten standard deviations of a binomial with p = 1/7.
        Assert.All(counts, c => Assert.InRange(c, 10_000 - 930, 10_000 + 930));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(0));
    }

    [Fact]
    public void Normal_draws_have_mean_0_and_variance_1()
    {
        var random = new SeededRandom(5);
        var draws = Enumerable.Range(0, 40_000).Select(_ => random.NextNormal()).ToArray();
        Assert.InRange(draws.Average(), -0.025, 0.025);
        Assert.InRange(draws.Average(d => d * d), 0.95, 1.05);
    }

    [Fact]
    public void A_shuffle_is_a_permutation_that_the_seed_decides()
    {
        int[] Shuffled(ulong seed)
        {
            var items = Enumerable.Range(0, 100).ToArray();
            new SeededRandom(seed).Shuffle(items.AsSpan());
            return items;
        }
        Assert.Equal(Enumerable.Range(0, 100), Shuffled(1).Order());
        Assert.Equal(Shuffled(1), Shuffled(1));
        Assert.NotEqual(Shuffled(1), Shuffled(2));
    }

    // From an independent implementation of xoshiro256** with the same seeding.
    private static readonly ulong[] Recorded = [12224146946024174681, 14340022062969710295, 9689263312977057028];
}
