namespace PluginHost.Libs.Supervised;

/// <summary>
/// Mean and standard deviation of each of several numbers, gathered in one pass (Welford 1962); missing ones (NaN) are left out.
/// </summary>
/// <param name="width">How many numbers.</param>
public sealed class Moments(int width)
{
    private readonly long[] counts = new long[width];
    private readonly double[] means = new double[width];
    private readonly double[] squares = new double[width];

    /// <summary>How many numbers.</summary>
    public int Width => counts.Length;

    /// <summary>Takes a row in.</summary>
    public void Add(ReadOnlySpan<float> row)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            if (float.IsNaN(row[i])) continue;
            var step = row[i] - means[i];
            means[i] += step / ++counts[i];
            squares[i] += step * (row[i] - means[i]);
        }
    }

    /// <summary>Rows that have a number.</summary>
    public long Count(int i) => counts[i];

    /// <summary>Means; 0 where there was no number.</summary>
    public double[] Means() => [.. means];

    /// <summary>Deviations (of the population, n below the sum); 1 where all numbers are equal, so that they may be divided by.</summary>
    public double[] Deviations() =>
        [.. squares.Select((s, i) => counts[i] > 0 && s > 1e-12 * Math.Max(1, means[i] * means[i]) * counts[i] ? Math.Sqrt(s / counts[i])
            : 1)];
}
