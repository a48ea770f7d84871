namespace PluginHost.Plugins.GGram;

/// <summary>Keeps the most frequent G-grams: by count, then by token ids, so that equal corpora give equal files.</summary>
/// <param name="limit">How many; null for all.</param>
/// <param name="memory">Bytes they may take.</param>
internal sealed class Ranking(int? limit, long memory)
{
    private const int BytesEach = 32;
    private readonly List<(UInt128 Key, long Count)> kept = [];

    /// <summary>Takes a G-gram.</summary>
    /// <exception cref="ResourceException">More are to be kept than memory holds.</exception>
    public void Add(UInt128 key, long count)
    {
        kept.Add((key, count));
        if (kept.Count >= 2L * limit) Cut();
        if ((long)kept.Count * BytesEach > memory)
            throw new ResourceException($"More than {kept.Count:N0} G-grams are frequent enough, which do not fit into the memory allowed; "
                + "raise minCount, set size, or raise 'memory'.");
    }

    /// <summary>The most frequent first.</summary>
    public IReadOnlyList<(UInt128 Key, long Count)> Result()
    {
        Cut();
        return kept;
    }

    private void Cut()
    {
        kept.Sort((a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : a.Key.CompareTo(b.Key));
        if (limit is { } most && kept.Count > most) kept.RemoveRange(most, kept.Count - most);
    }
}
