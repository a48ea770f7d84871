using System.Globalization;

namespace PluginHost.Benchmarks;

/// <summary>Repeated timings of one thing.</summary>
internal sealed record Spread(IReadOnlyList<double> Values)
{
    private readonly double[] sorted = [.. Values.Order()];

    public double Median => sorted.Length % 2 == 1
        ? sorted[sorted.Length / 2]
        : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;

    public double Best => sorted[0];

    /// <summary>The median, with the spread where there is one.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture,
        $"{Median:0.##}{(Values.Count > 1 ? $" ± {RelativeSpread * 100:0} %" : "")}");

    /// <summary>Half the distance between the quartiles, as a share of the median.</summary>
    public double RelativeSpread => (sorted[3 * (sorted.Length - 1) / 4] - sorted[(sorted.Length - 1) / 4]) / 2 / Median;
}
