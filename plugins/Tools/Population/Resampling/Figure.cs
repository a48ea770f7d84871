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

    /// <summary>A figure with the percentile interval of its values on draws.</summary>
    /// <param name="set">The set's name.</param>
    /// <param name="name">As in figures.tsv.</param>
    /// <param name="value">On the haplotypes as they are.</param>
    /// <param name="draws">On each draw; what is not a number is left out.</param>
    /// <param name="count">How many haplotypes.</param>
    public static Figure Drawn(string set, string name, double value, IEnumerable<double> draws, long count)
    {
        double[] sorted = [.. draws.Where(double.IsFinite).Order()];
        double At(double share) => sorted.Length < 2 || !double.IsFinite(value) ? double.NaN
            : SortedArrayStatistics.QuantileCustom(sorted, share, QuantileDefinition.R7);
        return new(set, name, value, At(Tail), At(1 - Tail), count);
    }

    /// <summary>A figure that has no interval.</summary>
    public static Figure Plain(string set, string name, double value, long count) => new(set, name, value, double.NaN, double.NaN, count);
}
