using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace PluginHost.Plugins.Population.Resampling;

/// <summary>A figure of a set.</summary>
/// <param name="Set">The set's name.</param>
/// <param name="Name">As in figures.tsv.</param>
/// <param name="Value">On the haplotypes as they are; NaN where it is not defined.</param>
/// <param name="Low">Lower end of the interval; NaN where there is none.</param>
/// <param name="High">Upper end.</param>
/// <param name="Count">How many haplotypes of the set it rests on.</param>
internal sealed record Figure(string Set, string Name, double Value, double Low, double High, long Count)
{
    private const double Tail = 0.025;

    /// <summary>A figure with an interval: percentiles of its values on draws, moved so that their median is the value.</summary>
    /// <remarks>
    /// Haplotypes that are drawn again have the noise of a sample twice: correlations come out lower and distances larger than they are.
    /// What an interval is to say is how much a figure varies, not this.
    /// </remarks>
    /// <param name="set">The set's name.</param>
    /// <param name="name">As in figures.tsv.</param>
    /// <param name="value">On the haplotypes as they are.</param>
    /// <param name="draws">On each draw; what is not a number is left out.</param>
    /// <param name="count">How many haplotypes.</param>
    /// <param name="least">What no such figure is under.</param>
    /// <param name="most">What none is over.</param>
    public static Figure Drawn(string set, string name, double value, IEnumerable<double> draws, long count,
        double least = double.NegativeInfinity, double most = double.PositiveInfinity)
    {
        double[] sorted = [.. draws.Where(double.IsFinite).Order()];
        if (sorted.Length < 2 || !double.IsFinite(value)) return Plain(set, name, value, count);
        double At(double share) => SortedArrayStatistics.QuantileCustom(sorted, share, QuantileDefinition.R7);
        double Moved(double share) => Math.Clamp(value + At(share) - At(0.5), least, most);
        return new(set, name, value, Moved(Tail), Moved(1 - Tail), count);
    }

    /// <summary>
    /// A share of haplotypes with its exact binomial interval (Clopper and Pearson 1934), which says something of none, too.
    /// </summary>
    public static Figure Share(string set, string name, long part, long count) => new(set, name, (double)part / count,
        part == 0 ? 0 : Beta.InvCDF(part, count - part + 1, Tail),
        part == count ? 1 : Beta.InvCDF(part + 1, count - part, 1 - Tail), count);

    /// <summary>A figure that has no interval.</summary>
    public static Figure Plain(string set, string name, double value, long count) => new(set, name, value, double.NaN, double.NaN, count);
}
