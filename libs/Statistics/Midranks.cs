using System.Numerics;
using MathNet.Numerics.Statistics;

namespace PluginHost.Libs.Statistics;

/// <summary>Ranks from 1 in which equal values share the mean of their places.</summary>
public static class Midranks
{
    /// <summary>The rank of each value, in the order given.</summary>
    public static double[] Of<T>(ReadOnlySpan<T> values) where T : INumber<T>
    {
        var finite = new double[values.Length];
        // Ties are told by their difference, and that of two infinities is not a number.
        for (var i = 0; i < finite.Length; i++) finite[i] = Math.Clamp(double.CreateChecked(values[i]), double.MinValue, double.MaxValue);
        return ArrayStatistics.RanksInplace(finite, RankDefinition.Average);
    }
}
