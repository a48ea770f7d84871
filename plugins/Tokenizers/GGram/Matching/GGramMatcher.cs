using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PluginHost.Plugins.GGram;

/// <summary>
/// Finds every G-gram in a run of token ids, overlapping ones too. Thread-safe once built.
/// </summary>
/// <remarks>
/// Most pairs of neighbours begin no G-gram, so a bit a pair (2 MiB at 4,096 tokens: it stays in cache) turns them away. What
/// passes walks a trie that lies in one open-addressed table, keyed by node and next token, so vocabulary and G-gram length have no limit.
/// </remarks>
internal sealed class GGramMatcher
{
    private const int LargestPairTable = 1 << 27;   // bits: every pair up to 11,585 tokens, hashed above that
    private const int PairNode = int.MinValue;      // no trie node has this number, so a pair's key is no child's key

    private readonly ulong[] beginsWith;
    private readonly long pairStride;
    private readonly long pairMask;
    private readonly Entry[] table;
    private readonly int tableMask;

    /// <param name="ggrams">Ids of at least 1 and at least two token ids each; no two alike.</param>
    /// <param name="tokens">Token ids are below this.</param>
    public GGramMatcher(IReadOnlyList<GGramEntry> ggrams, int tokens)
    {
        var pairs = (long)tokens * tokens;
        pairStride = pairs <= LargestPairTable ? tokens : 0x9E3779B1;
        pairMask = pairs <= LargestPairTable ? long.MaxValue : LargestPairTable - 1;
        beginsWith = new ulong[(Math.Min(pairs, LargestPairTable) + 63) / 64];
        var nodes = ggrams.Sum(g => (long)g.Tokens.Length - 1);
        // Prefixes are shared, so half full at the very most.
        table = new Entry[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * nodes))];
        tableMask = table.Length - 1;
        var next = 0;
        foreach (var (id, words) in ggrams)
        {
            var bit = Pair(words[0], words[1]);
            beginsWith[bit >> 6] |= 1UL << (int)(bit & 63);
            ref var node = ref Add(Key(PairNode + words[0], words[1]), ref next);
            for (var i = 2; i < words.Length; i++)
            {
                node.HasChildren = true;
                node = ref Add(Key(node.Node, words[i]), ref next);
            }
            node.Id = id;
        }
    }

    /// <summary>Finds all occurrences, by first token, then shorter before longer.</summary>
    /// <param name="ids">Token ids, all below the number given when building.</param>
    /// <param name="matches">Receives them; grows as needed.</param>
    /// <returns>How many were found.</returns>
    public int Match(ReadOnlySpan<int> ids, ref GGramMatch[] matches)
    {
        var count = 0;
        ref var token = ref MemoryMarshal.GetReference(ids);
        ref var bits = ref MemoryMarshal.GetArrayDataReference(beginsWith);
        for (var start = 0; start + 1 < ids.Length; start++)
        {
            var (first, second) = (Unsafe.Add(ref token, start), Unsafe.Add(ref token, start + 1));
            var bit = Pair(first, second);
            if ((Unsafe.Add(ref bits, (nint)(bit >> 6)) >> (int)(bit & 63) & 1) == 0) continue;
            var key = Key(PairNode + first, second);
            for (var end = start + 2; ; end++)
            {
                ref var node = ref Find(key);
                if (node.Key != key) break;
                if (node.Id > 0)
                {
                    if (count == matches.Length) Array.Resize(ref matches, Math.Max(64, 2 * count));
                    matches[count++] = new(node.Id, start, end - start);
                }
                if (!node.HasChildren || end == ids.Length) break;
                key = Key(node.Node, Unsafe.Add(ref token, end));
            }
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Pair(int first, int second) => (first * pairStride + second) & pairMask;

    /// <summary>Never 0, which marks a free place: nodes count from 1, and a pair's first part is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Key(int node, int token) => (ulong)(uint)node << 32 | (uint)token;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Entry Find(ulong key)
    {
        var place = (int)((key * 0x9E3779B97F4A7C15UL) >> 32) & tableMask;
        ref var first = ref MemoryMarshal.GetArrayDataReference(table);
        while (true)
        {
            ref var entry = ref Unsafe.Add(ref first, place);
            if (entry.Key == key || entry.Key == 0) return ref entry;
            place = (place + 1) & tableMask;
        }
    }

    private ref Entry Add(ulong key, ref int next)
    {
        ref var entry = ref Find(key);
        if (entry.Key == 0)
        {
            entry.Key = key;
            entry.Node = ++next;
        }
        return ref entry;
    }

    /// <summary>A trie node and the edge to it.</summary>
    private struct Entry
    {
        private int node;

        public ulong Key;

        /// <summary>The G-gram that ends here; 0 if none does.</summary>
        public int Id;

        public int Node
        {
            readonly get => node & int.MaxValue;
            set => node = value;
        }

        /// <summary>Longer G-grams go on from here; kept in the node's sign, so that an entry has 16 bytes.</summary>
        public bool HasChildren
        {
            readonly get => node < 0;
            set => node = value ? node | int.MinValue : node & int.MaxValue;
        }
    }
}
