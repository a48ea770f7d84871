namespace PluginHost.Plugins.GGram;

/// <summary>
/// Counts G-grams wherever they occur, overlapping and inside longer runs. As many at a time as memory holds, each time over the whole
/// corpus.
/// </summary>
internal sealed class Recounter(TokenStore store, TokenKey key, int tokens, long memory, Action<string, long, long?> progress)
{
    private const int BytesEach = 256;   // key, tokens, trie entries and count

    /// <summary>Yields each key with its new count.</summary>
    public IEnumerable<(UInt128 Key, long Count)> Count(IEnumerable<UInt128> keys, CancellationToken cancellation)
    {
        foreach (var some in keys.Chunk((int)Math.Clamp(memory / BytesEach, 1, 1 << 26)))
        {
            var matcher = new GGramMatcher([.. some.Select((k, i) => new GGramEntry(i + 1, key.Unpack(k)))], tokens);
            var counts = new long[some.Length];
            var matches = new GGramMatch[1024];
            store.Read(sequence =>
            {
                foreach (var range in Stretches(sequence))
                {
                    var found = matcher.Match(sequence[range], ref matches);
                    for (var i = 0; i < found; i++) counts[matches[i].Id - 1]++;
                }
            }, done => progress("tokens counted again", done, store.Length), cancellation);
            for (var i = 0; i < some.Length; i++) yield return (some[i], counts[i]);
        }
    }

    private static List<Range> Stretches(ReadOnlySpan<int> sequence)
    {
        var stretches = new List<Range>();
        for (var start = 0; start < sequence.Length;)
        {
            var length = sequence[start..].IndexOf(TokenStore.Gap);
            var end = length < 0 ? sequence.Length : start + length;
            if (end > start) stretches.Add(start..end);
            start = end + 1;
        }
        return stretches;
    }
}
