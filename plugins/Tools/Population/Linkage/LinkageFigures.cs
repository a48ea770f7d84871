using PluginHost.Libs.Statistics;
using PluginHost.Plugins.Population.Input;
using PluginHost.Plugins.Population.Resampling;

namespace PluginHost.Plugins.Population.Linkage;

/// <summary>Figures of linkage disequilibrium.</summary>
internal static class LinkageFigures
{
    /// <summary>Those of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="pairs">Over all pairs.</param>
    /// <param name="draws">Over some pairs by draw.</param>
    public static IEnumerable<Figure> Of(HaplotypeSet set, PearsonSums pairs, PearsonSums[] draws) =>
    [
        Figure.Drawn(set.Name, "ld_r", pairs.Correlation, draws.Select(d => d.Correlation), set.Count, -1, 1),
        Figure.Drawn(set.Name, "ld_mean_difference", pairs.MeanY - pairs.MeanX, draws.Select(d => d.MeanY - d.MeanX), set.Count),
    ];
}
