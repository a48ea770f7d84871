using PluginHost.Libs.Statistics;
using PluginHost.Plugins.Population.Resampling;

namespace PluginHost.Plugins.Population.Distances;

/// <summary>Distributions of pairwise distances against that among the real haplotypes.</summary>
/// <param name="real">Among the real ones.</param>
/// <param name="realDraws">Of these by draw: axes draw, bin.</param>
internal sealed class DistanceFigures(DistanceCounts real, double[][] realDraws)
{
    /// <summary>How far apart the real ones are.</summary>
    public Figure Real => Mean(real.From.Name, "distance_within_mean", real, realDraws);

    /// <summary>The mean of a distribution, and its Wasserstein distance from the real one.</summary>
    /// <param name="kind">within or between.</param>
    /// <param name="counts">Of an artificial set.</param>
    /// <param name="draws">By draw: axes draw, bin.</param>
    public IEnumerable<Figure> Of(string kind, DistanceCounts counts, double[][] draws)
    {
        var set = counts.From.Name == real.From.Name ? counts.To : counts.From;
        yield return Mean(set.Name, $"distance_{kind}_mean", counts, draws);
        var exact = Wasserstein.OfCounts(Doubles(counts), Doubles(real));
        yield return Figure.Drawn(set.Name, $"distance_{kind}_wasserstein", exact,
            draws.Zip(realDraws, (a, b) => real.BinWidth * Wasserstein.OfCounts(a, b)), set.Count, 0);
    }

    // Draws are in bins, which are wider than a SNP where there are many SNPs.
    private static Figure Mean(string set, string name, DistanceCounts counts, double[][] draws) =>
        Figure.Drawn(set, name, Mean(Doubles(counts)), draws.Select(d => counts.BinWidth * Mean(d)), counts.From.Count, 0);

    private static double Mean(double[] counts) => counts.Select((c, d) => c * d).Sum() / counts.Sum();

    private static double[] Doubles(DistanceCounts counts) => [.. counts.All.Select(c => (double)c)];
}
