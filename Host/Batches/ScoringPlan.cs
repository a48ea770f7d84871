namespace PluginHost.Host.Batches;

/// <summary>
/// Decides which samples are scored together: sorted by length, then packed. The same samples and limits always give the
/// same batches, so that a reloaded model gives the same figures bit for bit.
/// </summary>
public static class ScoringPlan
{
    /// <summary>Cuts samples into batches of similar length, shortest first.</summary>
    /// <param name="samples">Indices and lengths in tokens.</param>
    /// <param name="batchTokens">Padded tokens of a batch; 0 means go by <paramref name="batchSize"/>.</param>
    /// <param name="batchSize">Samples of a batch when there is no token budget.</param>
    public static IReadOnlyList<long[]> Pack(IEnumerable<(long Index, int Tokens)> samples, int batchTokens, int batchSize)
    {
        List<long[]> batches = [];
        List<long> current = [];
        foreach (var (index, tokens) in samples.OrderBy(s => s.Tokens).ThenBy(s => s.Index))
        {
            var full = batchTokens > 0 ? (long)tokens * (current.Count + 1) > batchTokens : current.Count == batchSize;
            if (full && current.Count > 0)
            {
                batches.Add([.. current]);
                current.Clear();
            }
            current.Add(index);
        }
        if (current.Count > 0) batches.Add([.. current]);
        return batches;
    }

    /// <summary>Which samples are scored when not all are: evenly spaced over the split.</summary>
    /// <param name="count">Samples of the split.</param>
    /// <param name="limit">Most to take; 0 means all.</param>
    public static IEnumerable<long> Choose(long count, long limit)
    {
        if (limit <= 0 || limit >= count) limit = count;
        for (var i = 0L; i < limit; i++) yield return (long)((Int128)i * count / limit);
    }
}
