using MathNet.Numerics.Statistics;

namespace PluginHost.Libs.Statistics;

/// <summary>What resampling the test items says about the difference of two models.</summary>
/// <param name="Difference">First - second on the items themselves.</param>
/// <param name="Low">Lower end of the interval of the difference.</param>
/// <param name="High">Upper end.</param>
/// <param name="P">Two-sided: twice the share of resamples on the wrong side of 0, (count + 1) / (resamples + 1), at most 1.</param>
/// <param name="Resamples">Resamples on which the figure is defined.</param>
public sealed record BootstrapResult(double Difference, double Low, double High, double P, int Resamples);

/// <summary>
/// The paired bootstrap (Efron and Tibshirani 1993, chapters 13 and 16): items are drawn with replacement, the same for both models.
/// </summary>
public static class PairedBootstrap
{
    /// <summary>Resamples the differences of some figures, all on the same draws.</summary>
    /// <param name="items">How many items there are.</param>
    /// <param name="differences">First - second of each figure on the items at these places; NaN where it is not defined there.</param>
    /// <param name="resamples">How many times; at least 100 for the interval to mean anything.</param>
    /// <param name="seed">Every draw follows from it, whatever the number of threads.</param>
    /// <param name="level">Of the percentile interval: 0.95 covers from the 2.5th to the 97.5th percentile.</param>
    /// <param name="cancellation">Stops between resamples.</param>
    public static BootstrapResult[] Run(
        int items, Func<int[], double[]> differences, int resamples, ulong seed, double level = 0.95,
            CancellationToken cancellation = default)
    {
        var observed = differences([.. Enumerable.Range(0, items)]);
        var drawn = new double[resamples][];
        Parallel.For(0, resamples, new ParallelOptions { CancellationToken = cancellation }, r =>
        {
            var random = new SeededRandom(seed, (ulong)r);
            var places = new int[items];
            for (var i = 0; i < items; i++) places[i] = (int)random.Next(items);
            drawn[r] = differences(places);
        });
        return [.. observed.Select((difference, figure) =>
            Summary(difference, [.. drawn.Select(d => d[figure]).Where(d => !double.IsNaN(d)).Order()], level))];
    }

    private static BootstrapResult Summary(double observed, double[] sorted, double level)
    {
        if (sorted.Length == 0) return new(observed, double.NaN, double.NaN, double.NaN, 0);
        var (below, above) = (sorted.Count(d => d <= 0), sorted.Count(d => d >= 0));
        var p = Math.Min(1, 2 * (Math.Min(below, above) + 1.0) / (sorted.Length + 1.0));
        return new(observed, Percentile(sorted, (1 - level) / 2), Percentile(sorted, (1 + level) / 2), p, sorted.Length);
    }

    private static double Percentile(double[] sorted, double share) =>
        SortedArrayStatistics.QuantileCustom(sorted, share, QuantileDefinition.R7);
}
