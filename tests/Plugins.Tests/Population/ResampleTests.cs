using PluginHost.Libs.Genomics.Haplotypes;
using PluginHost.Libs.Statistics;
using PluginHost.Plugins.Population.Distances;
using PluginHost.Plugins.Population.Input;
using PluginHost.Plugins.Population.Resampling;

namespace PluginHost.Plugins.Tests.Population;

/// <summary>Counts of bits and draws of haplotypes, by counting one by one.</summary>
public sealed class ResampleTests
{
    /// <summary>
    /// Haplotypes of two kinds, of which one is farther from all others: half of its alleles are 1, of the other a tenth.
    /// </summary>
    private static BitMatrix Random(int rows, int columns, ulong seed)
    {
        var random = new SeededRandom(seed);
        var matrix = new BitMatrix(rows, columns);
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                if (random.NextDouble() < (row % 3 == 0 ? 0.5 : 0.1)) matrix.Row(row)[column / 64] |= 1UL << column;
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
    public void A_distribution_of_drawn_haplotypes_moves_as_that_of_pairs_weighed_one_by_one()
    {
        const int Draws = 25;
        var (a, b) = (Set(120, 60, 1), Set(90, 60, 2));
        var (da, db) = (Resamples.Draw(120, Draws, 1, 1), Resamples.Draw(90, Draws, 1, 2));
        var (ab, ba, aa) = (Count(a, b, 90), Count(b, a, 90), Count(a, a, 120));
        var (between, within) = (DistanceDraws.Between(ab, da, ba, db), DistanceDraws.Within(aa, da));
        var (there, own) = (new PearsonSums(), new PearsonSums());
        for (var d = 0; d < Draws; d++)
        {
            var (far, near, pairs) = (0.0, 0.0, 0.0);
            for (var i = 0; i < 120; i++)
            {
                for (var j = 0; j < 90; j++) far += (double)da.Weights[d][i] * db.Weights[d][j] * Differ(a, i, b, j);
                for (var j = 0; j < 120; j++)
                {
                    // A haplotype that is drawn twice is not compared with itself.
                    var weight = i == j ? 0.0 : da.Weights[d][i] * da.Weights[d][j];
                    near += weight * Differ(a, i, a, j);
                    pairs += weight;
                }
            }
            there.Add(far / (120 * 90), Mean(between[d], 120 * 90));
            own.Add(near / pairs, Mean(within[d], 120 * 119));
        }
        // What haplotypes change two by two is left out.
        Assert.InRange(there.Correlation, 0.98, 1);
        Assert.InRange(own.Correlation, 0.98, 1);
        Assert.Equal(there.MeanX, there.MeanY, 0.2);
    }

    private static double Mean(double[] counts, int pairs) => counts.Select((c, d) => c * d).Sum() / pairs;
}
