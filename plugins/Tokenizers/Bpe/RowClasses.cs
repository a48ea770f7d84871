namespace PluginHost.Plugins.Bpe;

/// <summary>Which pieces on the left allow the same longer ones at a node of the trie.</summary>
internal sealed class RowClasses
{
    private readonly PieceTrie trie;
    private readonly ulong[] bits;
    private readonly int words;
    private readonly int rows;
    private readonly Dictionary<long, int> known = [];
    private readonly Dictionary<(int Node, ulong Hash), List<int>> seen = [];

    public RowClasses(MergeRules rules, PieceTrie trie)
    {
        this.trie = trie;
        rows = rules.Count + 1;
        (bits, words) = AllowedPairs.Of(rules, trie.Columns);
    }

    /// <summary>Whether a piece may follow that of a row.</summary>
    public bool Allows(int row, int piece) => (bits[row * words + (trie.Columns[piece] >> 6)] >> trie.Columns[piece] & 1) != 0;

    /// <summary>The first row met that allows the same pieces below a node, or -1 if none are allowed.</summary>
    public int Of(int node, int row)
    {
        var key = (long)node * rows + row;
        if (known.TryGetValue(key, out var first)) return first;
        var (from, to) = trie.Longer(node);
        var (hash, some) = (0UL, 0UL);
        for (var word = from >> 6; word << 6 < to; word++)
        {
            var part = Part(row, word, from, to);
            some |= part;
            hash = (hash ^ part) * 0x9E3779B97F4A7C15 + (hash >> 29);
        }
        first = some == 0 ? -1 : First(node, row, from, to, hash);
        known.Add(key, first);
        return first;
    }

    private int First(int node, int row, int from, int to, ulong hash)
    {
        if (!seen.TryGetValue((node, hash), out var alike)) seen.Add((node, hash), alike = []);
        foreach (var other in alike)
            if (Same(row, other, from, to)) return other;
        alike.Add(row);
        return row;
    }

    private bool Same(int row, int other, int from, int to)
    {
        for (var word = from >> 6; word << 6 < to; word++)
            if (Part(row, word, from, to) != Part(other, word, from, to)) return false;
        return true;
    }

    /// <summary>A word of a row without the bits outside a range.</summary>
    private ulong Part(int row, int word, int from, int to)
    {
        var part = bits[row * words + word];
        if (from > word << 6) part &= ulong.MaxValue << from;
        if (to < (word + 1) << 6) part &= ~(ulong.MaxValue << to);
        return part;
    }
}
