using PluginHost.Libs.Statistics;
using PluginHost.Plugins.Population.Input;
using PluginHost.Plugins.Population.Resampling;

namespace PluginHost.Plugins.Population.Linkage;

/// <summary>
/// How r2 changes when haplotypes are drawn again, at some pairs of SNPs: all pairs in every draw would take hundreds of times the work.
/// </summary>
internal sealed class LinkageDraws
{
    private const int AtOnce = 256;

    private readonly DrawnPairs drawn;
    private readonly float[][] real;

    /// <param name="set">The real haplotypes.</param>
    /// <param name="draws">Of them.</param>
    /// <param name="ones">Allele counts by draw: axes draw, SNP.</param>
    /// <param name="seed">Which pairs are taken follows from it.</param>
    public LinkageDraws(HaplotypeSet set, Resamples draws, int[][] ones, ulong seed)
    {
        drawn = draws.Count == 0 ? new([], []) : DrawnPairs.Of(set, seed);
        real = R2(set, draws, ones);
    }

    /// <summary>r2 of the real haplotypes against that of a set, by draw.</summary>
    /// <param name="set">Artificial haplotypes.</param>
    /// <param name="draws">Of them, as many.</param>
    /// <param name="ones">Allele counts by draw.</param>
    public PearsonSums[] Compare(HaplotypeSet set, Resamples draws, int[][] ones) => [.. real.Zip(R2(set, draws, ones), Sums)];

    private PearsonSums Sums(float[] first, float[] second)
    {
        var sums = new PearsonSums();
        for (var p = 0; p < first.Length; p++)
            if (!float.IsNaN(first[p]) && !float.IsNaN(second[p])) sums.Add(first[p], second[p], drawn.Weights[p]);
        return sums;
    }

    /// <summary>Axes draw, pair.</summary>
    private float[][] R2(HaplotypeSet set, Resamples draws, int[][] ones)
    {
        var pairs = drawn.Pairs;
        float[][] r2 = [.. Enumerable.Range(0, draws.Count).Select(_ => new float[pairs.Length])];
        Parallel.For(0, (pairs.Length + AtOnce - 1) / AtOnce, block =>
        {
            var both = new ulong[set.Sites.Words];
            for (var p = block * AtOnce; p < Math.Min(pairs.Length, (block + 1) * AtOnce); p++)
            {
                var (i, j) = pairs[p];
                var a = set.Sites.Row(i);
                var b = set.Sites.Row(j);
                for (var w = 0; w < both.Length; w++) both[w] = a[w] & b[w];
                for (var d = 0; d < draws.Count; d++) r2[d][p] = (float)Of(set.Count, ones[d][i], ones[d][j], draws.Weigh(d, both));
            }
        });
        return r2;
    }

    private static double Of(double n, double i, double j, double both)
    {
        var scale = i * (n - i) * j * (n - j);
        var r = n * both - i * j;
        return scale > 0 ? r * r / scale : double.NaN;
    }
}
