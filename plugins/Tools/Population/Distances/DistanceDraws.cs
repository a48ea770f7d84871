using System.Numerics;
using PluginHost.Plugins.Population.Resampling;

namespace PluginHost.Plugins.Population.Distances;

/// <summary>
/// Distributions of distances when haplotypes are drawn again, to first order: what a haplotype that is drawn w times changes is w - 1
/// times its own distances (Hajek's projection; what two of them change together is of order 1 / n less).
/// </summary>
internal static class DistanceDraws
{
    /// <summary>Among the haplotypes of one set: axes draw, bin.</summary>
    public static double[][] Within(DistanceCounts counts, Resamples draws) => Draw(counts, (counts, draws, 2), null);

    /// <summary>From one set to another: axes draw, bin.</summary>
    /// <param name="there">From the first to the second.</param>
    /// <param name="from">Draws of the first.</param>
    /// <param name="back">From the second to the first.</param>
    /// <param name="to">Draws of the second.</param>
    public static double[][] Between(DistanceCounts there, Resamples from, DistanceCounts back, Resamples to) =>
        Draw(there, (there, from, 1), (back, to, 1));

    private static double[][] Draw(DistanceCounts counts, (DistanceCounts Counts, Resamples Draws, int Times) first,
        (DistanceCounts Counts, Resamples Draws, int Times)? second)
    {
        var whole = Sum(counts);
        var drawn = new double[first.Draws.Count][];
        Parallel.For(0, drawn.Length, d =>
        {
            var bins = drawn[d] = [.. whole];
            Change(first, d, bins);
            if (second is { } other) Change(other, d, bins);
        });
        return drawn;
    }

    /// <summary>All pairs by bin.</summary>
    public static double[] Sum(DistanceCounts counts)
    {
        var bins = new double[counts.All.Length / counts.BinWidth + 1];
        for (var d = 0; d < counts.All.Length; d++) bins[d / counts.BinWidth] += counts.All[d];
        return bins[..counts.Bins[0].Length];
    }

    private static void Change((DistanceCounts Counts, Resamples Draws, int Times) by, int draw, double[] bins)
    {
        var weights = by.Draws.Weights[draw];
        // Fits: a haplotype's own distances are as many as there are haplotypes, and changes of both signs cancel.
        var changes = new int[bins.Length];
        for (var i = 0; i < weights.Length; i++)
            if (weights[i] != 1) Add(changes, by.Counts.Bins[i], weights[i] - 1);
        for (var b = 0; b < bins.Length; b++) bins[b] += (double)by.Times * changes[b];
    }

    private static void Add(Span<int> sums, ReadOnlySpan<int> values, int times)
    {
        var (i, width) = (0, Vector<int>.Count);
        for (; i + width <= sums.Length; i += width)
            (new Vector<int>(sums[i..]) + new Vector<int>(values[i..]) * times).CopyTo(sums[i..]);
        for (; i < sums.Length; i++) sums[i] += values[i] * times;
    }
}
