using MathNet.Numerics.Statistics;
using PluginHost.Libs.Statistics;
using PluginHost.Plugins.Population.Input;
using PluginHost.Plugins.Population.Resampling;

namespace PluginHost.Plugins.Population.Distances;

/// <summary>Whether haplotypes that a generator was trained on come back.</summary>
/// <param name="cache">Of distances.</param>
/// <param name="training">What it was trained on.</param>
/// <param name="real">Real haplotypes; those of the training set itself where there are no others.</param>
/// <param name="realDraws">Of them.</param>
internal sealed class PrivacyFigures(DistanceCache cache, HaplotypeSet training, HaplotypeSet real, Resamples realDraws)
{
    private readonly int[] realNearest = cache.Any(real, training).NearestOfAll;

    /// <summary>How far the real ones are from the training set, by haplotype.</summary>
    public int[] RealNearest => realNearest;

    /// <summary>Figures of the real haplotypes: what none that is new can fall under.</summary>
    public IEnumerable<Figure> Real() => Common(real, realNearest, realDraws);

    /// <summary>Figures of a set.</summary>
    public IEnumerable<Figure> Of(HaplotypeSet set, Resamples draws)
    {
        var nearest = cache.Any(set, training).NearestOfAll;
        foreach (var figure in Common(set, nearest, draws)) yield return figure;
        var distance = new Wasserstein([.. nearest.Select(n => (double)n)], [.. realNearest.Select(n => (double)n)]);
        yield return Figure.Drawn(set.Name, "nearest_training_wasserstein", distance.Distance(),
            draws.Weights.Zip(realDraws.Weights, (s, r) => distance.Distance(s, r)), set.Count, 0);
        if (training == real) yield break;
        var copies = cache.Any(set, real).NearestOfAll;
        yield return Figure.Share(set.Name, "copies_of_real", copies.Count(n => n == 0), set.Count);
    }

    private static IEnumerable<Figure> Common(HaplotypeSet set, int[] nearest, Resamples draws)
    {
        yield return Figure.Plain(set.Name, "repeated", (double)set.Repeated() / set.Count, set.Count);
        yield return Figure.Share(set.Name, "copies_of_training", nearest.Count(n => n == 0), set.Count);
        yield return Figure.Drawn(set.Name, "nearest_training_median", nearest.Select(n => (double)n).Median(),
            draws.Weights.Select(w => nearest.Zip(w).SelectMany(p => Enumerable.Repeat((double)p.First, p.Second)).Median()), set.Count);
    }
}
