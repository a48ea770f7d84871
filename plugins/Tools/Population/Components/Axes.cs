using System.Numerics;
using PluginHost.Libs.Genomics.Haplotypes;
using PluginHost.Libs.Statistics;
using PluginHost.Plugins.Population.Resampling;

namespace PluginHost.Plugins.Population.Components;

/// <summary>Principal components of haplotypes: of the covariance of alleles, which are 0 and 1, not scaled.</summary>
/// <param name="Loadings">Axes component, SNP; each of length 1, its largest loading positive.</param>
/// <param name="Means">The mean of each component before centring.</param>
/// <param name="Shares">Of all variance, by component.</param>
internal sealed record Axes(double[][] Loadings, double[] Means, double[] Shares)
{
    /// <summary>Finds them, from products of rows or of columns, whichever are fewer; both are counts of bits.</summary>
    /// <param name="haplotypes">Rows haplotypes.</param>
    /// <param name="sites">The same turned.</param>
    /// <param name="most">Components; fewer where there are fewer haplotypes or SNPs.</param>
    public static Axes Of(BitMatrix haplotypes, BitMatrix sites, int most)
    {
        var (n, width) = (haplotypes.Rows, sites.Rows);
        double[] frequencies = [.. sites.Ones().Select(c => (double)c / n)];
        var bySites = width <= n;
        var products = Products(bySites ? sites : haplotypes);
        if (bySites) Centre(products, width, (i, j) => n * frequencies[i] * frequencies[j]);
        else
        {
            double[] means = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => products[i * n + j]) / n)];
            var all = means.Average();
            Centre(products, n, (i, j) => means[i] + means[j] - all);
        }
        var size = bySites ? width : n;
        var total = Enumerable.Range(0, size).Sum(i => products[i * size + i]);
        var (values, vectors) = LargestEigenvalues.Of(products, size, Math.Min(most, Math.Min(width, n - 1)));
        var loadings = vectors.Select((v, k) => Signed(bySites ? v : OfHaplotypes(sites, v, values[k]))).ToArray();
        return new(loadings, [.. loadings.Select(l => l.Zip(frequencies, (a, p) => a * p).Sum())],
            [.. values.Select(v => Math.Max(0, v) / total)]);
    }

    /// <summary>Haplotypes on the axes: axes component, haplotype.</summary>
    public double[][] Lay(BitMatrix haplotypes)
    {
        double[][] laid = [.. Loadings.Select(_ => new double[haplotypes.Rows])];
        Parallel.For(0, haplotypes.Rows, row =>
        {
            Span<double> sums = stackalloc double[Loadings.Length];
            sums.Clear();
            var words = haplotypes.Row(row);
            for (var w = 0; w < words.Length; w++)
                for (var left = words[w]; left != 0; left &= left - 1)
                {
                    var site = w * BitMatrix.WordBits + BitOperations.TrailingZeroCount(left);
                    for (var k = 0; k < sums.Length; k++) sums[k] += Loadings[k][site];
                }
            for (var k = 0; k < sums.Length; k++) laid[k][row] = sums[k] - Means[k];
        });
        return laid;
    }

    private static double[] Products(BitMatrix rows)
    {
        var size = rows.Rows;
        var products = new double[(long)size * size];
        Parallel.For(0, size, i =>
        {
            for (var j = i; j < size; j++) products[(long)i * size + j] = products[(long)j * size + i] = Bits.And(rows.Row(i), rows.Row(j));
        });
        return products;
    }

    private static void Centre(double[] products, int size, Func<int, int, double> less) => Parallel.For(0, size, i =>
    {
        for (var j = 0; j < size; j++) products[i * size + j] -= less(i, j);
    });

    /// <summary>Loadings of a component whose haplotypes are known.</summary>
    private static double[] OfHaplotypes(BitMatrix sites, double[] haplotypes, double value)
    {
        var loadings = new double[sites.Rows];
        var scale = value > 0 ? 1 / Math.Sqrt(value) : 0;
        for (var site = 0; site < loadings.Length; site++)
        {
            var words = sites.Row(site);
            for (var w = 0; w < words.Length; w++)
                for (var left = words[w]; left != 0; left &= left - 1)
                    loadings[site] += haplotypes[w * BitMatrix.WordBits + BitOperations.TrailingZeroCount(left)];
            loadings[site] *= scale;
        }
        return loadings;
    }

    private static double[] Signed(double[] loadings)
    {
        var largest = loadings.MaxBy(Math.Abs);
        return largest < 0 ? [.. loadings.Select(l => -l)] : loadings;
    }
}
