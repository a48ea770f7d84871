using PluginHost.Libs.Genomics.Haplotypes;
using PluginHost.Libs.Statistics;
using PluginHost.Plugins.Population.Distances;
using PluginHost.Plugins.Population.Input;
using PluginHost.Plugins.Population.Resampling;

namespace PluginHost.Plugins.Tests.Population;

/// <summary>Counts of bits and draws of haplotypes, by counting one by one.</summary>
public sealed class ResampleTests
{
    private static BitMatrix Random(int rows, int columns, ulong seed)
    {
        var random = new SeededRandom(seed);
        var matrix = new BitMatrix(rows, columns);
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                if (random.Next(3) == 0) matrix.Row(row)[column / 64] |= 1UL << column;
        return matrix;
    }

    private static HaplotypeSet Set(int rows, int columns, ulong seed) =>
        new($"{seed}", Random(rows, columns, seed), [.. Enumerable.Range(0, rows).Select(r => $"{r}")], new(seed));

    private static DistanceCounts Count(HaplotypeSet from, HaplotypeSet to, int chunk) =>
        DistanceCounts.Of(from, to, chunk, (_, _, _) => { }, TestContext.Current.CancellationToken);

    private static int Differ(HaplotypeSet a, int i, HaplotypeSet b, int j) =>
        Enumerable.Range(0, a.Width).Count(s => a.Haplotypes[i, s] != b.Haplotypes[j, s]);

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(513)]
    [InlineData(20_000)]
    public void Bits_are_counted(int columns)
    {
        var matrix = Random(2, columns, (ulong)columns);
        Assert.Equal(Enumerable.Range(0, columns).Count(c => matrix[0, c] && matrix[1, c]), Bits.And(matrix.Row(0), matrix.Row(1)));
        Assert.Equal(Enumerable.Range(0, columns).Count(c => matrix[0, c] != matrix[1, c]), Bits.Xor(matrix.Row(0), matrix.Row(1)));
    }

    [Fact]
    public void Weighted_counts_are_sums_of_weights()
    {
        var sites = Random(7, 150, 4);
        var draws = Resamples.Draw(150, 3, 9, 1);
        var counts = draws.Weigh(sites);
        for (var d = 0; d < 3; d++)
        {
            Assert.Equal(150, draws.Weights[d].Sum(w => w));
            for (var site = 0; site < 7; site++)
                Assert.Equal(Enumerable.Range(0, 150).Where(h => sites[site, h]).Sum(h => draws.Weights[d][h]), counts[d][site]);
        }
    }

    [Fact]
    public void Distances_and_the_nearest_in_each_sample_are_counted()
    {
        var (a, b) = (Set(9, 70, 1), Set(14, 70, 2));
        var counts = Count(a, b, 5);
        Assert.Equal(2, counts.Chunks);
        for (var i = 0; i < 9; i++)
        {
            int[] distances = [.. Enumerable.Range(0, 14).Select(j => Differ(a, i, b, j))];
            Assert.Equal([distances[..5].Min(), distances[5..10].Min(), distances[10..].Min()], counts.Nearest[i]);
            Assert.Equal(Enumerable.Range(0, 71).Select(d => distances.Count(x => x == d)), counts.Bins[i]);
        }
        Assert.Equal(9 * 14, counts.All.Sum());
        Assert.Equal(9 * 8, Count(a, a, 9).All.Sum());
    }

    [Fact]
    public void A_distribution_of_drawn_haplotypes_is_near_that_of_pairs_weighed_one_by_one()
    {
        var (a, b) = (Set(200, 60, 1), Set(150, 60, 2));
        var (da, db) = (Resamples.Draw(200, 4, 1, 1), Resamples.Draw(150, 4, 1, 2));
        var (ab, ba, aa) = (Count(a, b, 150), Count(b, a, 150), Count(a, a, 200));
        var (between, within) = (DistanceDraws.Between(ab, da, ba, db), DistanceDraws.Within(aa, da));
        for (var d = 0; d < 4; d++)
        {
            var (whole, own) = (new double[61], new double[61]);
            for (var i = 0; i < 200; i++)
            {
                for (var j = 0; j < 150; j++) whole[Differ(a, i, b, j)] += da.Weights[d][i] * db.Weights[d][j];
                for (var j = 0; j < 200; j++) if (i != j) own[Differ(a, i, a, j)] += da.Weights[d][i] * da.Weights[d][j];
            }
            var moved = Wasserstein.OfCounts(whole, DistanceDraws.Sum(ab));
            Assert.True(Wasserstein.OfCounts(between[d], whole) < 0.2 * moved, "between");
            Assert.True(Wasserstein.OfCounts(within[d], own) < 0.2 * Wasserstein.OfCounts(own, DistanceDraws.Sum(aa)), "within");
        }
    }
}
