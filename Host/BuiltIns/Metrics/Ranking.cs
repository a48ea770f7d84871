namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Figures of a ranking: how well scores put positives before negatives. All in O(n log n); ties count as ties.</summary>
public static class Ranking
{
    /// <summary>Area under the ROC curve by midranks (Mann and Whitney 1947): the probability that a positive scores above a negative, ties counting one half.</summary>
    /// <param name="scores">Higher means positive.</param>
    /// <param name="positive">The truth.</param>
    /// <returns>NaN when there are only positives or only negatives, or a score is NaN.</returns>
    public static double AreaUnderRoc(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positive)
    {
        if (Sorted(scores, positive, descending: false) is not { } sorted) return double.NaN;
        var positives = sorted.Count(x => x.Positive);
        var negatives = sorted.Length - positives;
        if (positives == 0 || negatives == 0) return double.NaN;
        var rankSum = 0.0;
        for (var i = 0; i < sorted.Length;)
        {
            var end = TieEnd(sorted, i, out var tied);
            rankSum += tied * ((i + 1 + end) / 2.0);
            i = end;
        }
        return (rankSum - positives * (positives + 1.0) / 2) / positives / negatives;
    }

    /// <summary>Average precision: precision at each threshold weighted by the recall gained there, without interpolation, as scikit-learn computes it.</summary>
    /// <param name="scores">Higher means positive.</param>
    /// <param name="positive">The truth.</param>
    /// <returns>NaN when there are no positives, or a score is NaN.</returns>
    public static double AveragePrecision(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positive)
    {
        if (Sorted(scores, positive, descending: true) is not { } sorted) return double.NaN;
        var positives = sorted.Count(x => x.Positive);
        if (positives == 0) return double.NaN;
        var (sum, found) = (0.0, 0L);
        for (var i = 0; i < sorted.Length;)
        {
            var end = TieEnd(sorted, i, out var tied);
            found += tied;
            sum += (double)tied / positives * ((double)found / end);
            i = end;
        }
        return sum;
    }

    private static (float Score, bool Positive)[]? Sorted(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positive, bool descending)
    {
        var items = new (float Score, bool Positive)[scores.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (float.IsNaN(scores[i])) return null;
            items[i] = (scores[i], positive[i]);
        }
        Array.Sort(items, descending ? (a, b) => b.Score.CompareTo(a.Score) : (a, b) => a.Score.CompareTo(b.Score));
        return items;
    }

    private static int TieEnd((float Score, bool Positive)[] sorted, int start, out int positives)
    {
        positives = 0;
        var end = start;
        for (; end < sorted.Length && sorted[end].Score == sorted[start].Score; end++) if (sorted[end].Positive) positives++;
        return end;
    }
}
