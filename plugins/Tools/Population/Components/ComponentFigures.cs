using PluginHost.Libs.Statistics;
using PluginHost.Plugins.Population.Resampling;

namespace PluginHost.Plugins.Population.Components;

/// <summary>How far a set's values of each component are from the real ones; the axes stay as they are.</summary>
internal static class ComponentFigures
{
    /// <summary>A figure for each component, and their mean.</summary>
    /// <param name="name">Of the set.</param>
    /// <param name="laid">Axes component, haplotype.</param>
    /// <param name="draws">Of the set.</param>
    /// <param name="real">The real haplotypes on the same axes.</param>
    /// <param name="realDraws">As many of these.</param>
    public static IEnumerable<Figure> Of(string name, double[][] laid, Resamples draws, double[][] real, Resamples realDraws)
    {
        var count = laid[0].Length;
        var distances = laid.Zip(real, (s, r) => new Wasserstein(s, r)).ToList();
        var drawn = new double[draws.Count][];
        Parallel.For(0, drawn.Length, d =>
            drawn[d] = [.. distances.Select(k => k.Distance(draws.Weights[d], realDraws.Weights[d]))]);
        double[] values = [.. distances.Select(d => d.Distance())];
        yield return Figure.Drawn(name, "pca_wasserstein_mean", values.Average(), drawn.Select(d => d.Average()), count, 0);
        for (var k = 0; k < values.Length; k++)
            yield return Figure.Drawn(name, $"pca_wasserstein_{k + 1}", values[k], drawn.Select(d => d[k]), count, 0);
    }
}
