using PluginHost.Libs.Statistics;
using PluginHost.Plugins.Population.Input;
using PluginHost.Plugins.Population.Resampling;

namespace PluginHost.Plugins.Population.Linkage;

/// <summary>Figures of linkage disequilibrium.</summary>
internal static class LinkageFigures
{
    /// <summary>
    /// Those of a set. Intervals are those of some pairs, moved by what all pairs differ from these.
    /// </summary>
    /// <param name="set">The set.</param>
    /// <param name="pairs">Over all pairs.</param>
    /// <param name="some">Over some pairs, as they are.</param>
    /// <param name="draws">Over the same pairs by draw.</param>
    public static IEnumerable<Figure> Of(HaplotypeSet set, PearsonSums pairs, PearsonSums some, PearsonSums[] draws)
    {
        yield return Moved("ld_r", s => s.Correlation);
        yield return Moved("ld_mean_difference", s => s.MeanY - s.MeanX);

        Figure Moved(string name, Func<PearsonSums, double> of) => Figure.Drawn(set.Name, name, of(pairs),
            draws.Select(d => of(d) + of(pairs) - of(some)), set.Count);
    }
}
