namespace PluginHost.Libs.Statistics;

/// <summary>
/// The Wasserstein distance of order 1 of two distributions on a line (earth mover's distance): the area between their cumulative
/// distributions, in the unit of the values. Sorted once, for any weights.
/// </summary>
public sealed class Wasserstein
{
    private readonly double[] values;
    private readonly int[] places;
    private readonly int first, second;

    /// <param name="first">Values of one sample, at least one.</param>
    /// <param name="second">Values of the other, at least one.</param>
    public Wasserstein(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        (this.first, this.second) = (first.Length, second.Length);
        values = [.. first, .. second];
        places = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(values, places);
    }

    /// <summary>The distance of the samples as they are.</summary>
    public double Distance() => Distance([], []);

    /// <summary>The distance where values count more than once or not at all.</summary>
    /// <param name="firstWeights">Of each value of the first sample; empty for 1 each.</param>
    /// <param name="secondWeights">Of the second.</param>
    /// <returns>NaN where all of a sample's weights are 0.</returns>
    public double Distance(ReadOnlySpan<byte> firstWeights, ReadOnlySpan<byte> secondWeights)
    {
        var (a, b) = (1 / Sum(firstWeights, first), 1 / Sum(secondWeights, second));
        var (ahead, area) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0) area += Math.Abs(ahead) * (values[i] - values[i - 1]);
            var place = places[i];
            ahead += place < first ? a * (firstWeights.IsEmpty ? 1 : firstWeights[place])
                : -b * (secondWeights.IsEmpty ? 1 : secondWeights[place - first]);
        }
        return area;
    }

    /// <summary>The distance of two distributions over 0, 1, 2 and so on.</summary>
    /// <param name="first">How much of the one is at each; need not sum to 1.</param>
    /// <param name="second">Of the other, as many.</param>
    /// <returns>NaN where one has nothing.</returns>
    public static double OfCounts(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length) throw new ArgumentException("The distributions must be over the same places.", nameof(second));
        var (a, b, all, other) = (0.0, 0.0, 0.0, 0.0);
        foreach (var count in first) all += count;
        foreach (var count in second) other += count;
        var area = 0.0;
        for (var i = 0; i < first.Length; i++)
        {
            a += first[i];
            b += second[i];
            area += Math.Abs(a / all - b / other);
        }
        return area;
    }

    private static double Sum(ReadOnlySpan<byte> weights, int items)
    {
        if (weights.IsEmpty) return items;
        var sum = 0L;
        foreach (var weight in weights) sum += weight;
        return sum;
    }
}
