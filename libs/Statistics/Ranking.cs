namespace PluginHost.Libs.Statistics;

/// <summary>Figures of a ranking: how well scores put positives before negatives. All in O(n log n); ties count as ties.</summary>
public static class Ranking
{
    /// <summary>
    /// Area under the ROC curve by midranks (Mann and Whitney 1947): the probability that a positive scores above a negative, ties counting
    /// one half.
    /// </summary>
    /// <param name="scores">Higher means positive.</param>
    /// <param name="positive">The truth.</param>
    /// <returns>NaN when there are only positives or only negatives, or a score is NaN.</returns>
    public static double AreaUnderRoc(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positive)
    {
        var positives = positive.Count(true);
        var negatives = positive.Length - positives;
        if (positives == 0 || negatives == 0 || HasNaN(scores)) return double.NaN;
        var ranks = Midranks.Of(scores);
        var rankSum = 0.0;
        for (var i = 0; i < ranks.Length; i++) if (positive[i]) rankSum += ranks[i];
        return (rankSum - positives * (positives + 1.0) / 2) / positives / negatives;
    }

    /// <summary>
    /// Average precision: precision at each threshold weighted by the recall gained there, without interpolation, as scikit-learn computes
    /// it.
    /// </summary>
    /// <param name="scores">Higher means positive.</param>
    /// <param name="positive">The truth.</param>
    /// <returns>NaN when there are no positives, or a score is NaN.</returns>
    public static double AveragePrecision(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positive)
    {
        var positives = positive.Count(true);
        if (positives == 0 || HasNaN(scores)) return double.NaN;
        var (sorted, truths) = (scores.ToArray(), positive.ToArray());
        Array.Sort(sorted, truths);
        var (sum, found) = (0.0, 0L);
        for (var left = sorted.Length; left > 0;)
        {
            var (threshold, tied) = (sorted[left - 1], 0);
            for (; left > 0 && sorted[left - 1] == threshold; left--) if (truths[left - 1]) tied++;
            found += tied;
            sum += (double)tied / positives * ((double)found / (sorted.Length - left));
        }
        return sum;
    }

    private static bool HasNaN(ReadOnlySpan<float> scores)
    {
        foreach (var score in scores) if (float.IsNaN(score)) return true;
        return false;
    }
}
