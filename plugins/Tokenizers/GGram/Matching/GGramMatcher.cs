using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace PluginHost.Plugins.GGram;

/// <summary>
/// Finds every G-gram in a run of token ids, overlapping ones too. Thread-safe once built.
/// </summary>
/// <remarks>
/// Most pairs of neighbours begin no G-gram, so a bit a pair (2 MiB at 4,096 tokens: it stays in cache) turns them away, a block of
/// pairs at a time and without branches. What passes walks a trie that lies in one open-addressed table, keyed by node and next token, so
/// vocabulary and G-gram length have no limit; its first entry is fetched ahead, because the table is larger than the near caches.
/// </remarks>
internal sealed class GGramMatcher
{
    private const int LargestPairTable = 1 << 27;   // bits: every pair up to 11,585 tokens, hashed above that
    private const int Block = 256;
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
        // Prefixes are shared, so this is more than half empty; the smaller it is, the nearer the cache it stays in.
        var nodes = ggrams.Sum(g => (long)g.Tokens.Length - 1);
        table = new Entry[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, nodes * 3 / 2))];
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
        Span<int> starts = stackalloc int[Block];
        for (var from = 0; from + 1 < ids.Length; from += Block)
        {
            var passed = Pass(ids, from, Math.Min(Block, ids.Length - 1 - from), starts);
            if (matches.Length - count < passed) Grow(ref matches, count + passed);
            foreach (var start in starts[..passed]) count = Walk(ids, start, ref matches, count);
        }
        return count;
    }

    /// <summary>The places whose pair begins a G-gram.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Pass(ReadOnlySpan<int> ids, int from, int length, Span<int> starts)
    {
        ref var token = ref Unsafe.Add(ref MemoryMarshal.GetReference(ids), from);
        ref var bits = ref MemoryMarshal.GetArrayDataReference(beginsWith);
        ref var start = ref MemoryMarshal.GetReference(starts);
        ref var entries = ref MemoryMarshal.GetArrayDataReference(table);
        var passed = 0;
        for (var i = 0; i < length; i++)
        {
            var bit = Pair(Unsafe.Add(ref token, i), Unsafe.Add(ref token, i + 1));
            // Written always and kept when the bit is set: a branch would be guessed wrong too often.
            Unsafe.Add(ref start, passed) = from + i;
            passed += (int)(Unsafe.Add(ref bits, (nint)(bit >> 6)) >> (int)(bit & 63)) & 1;
        }
        if (Sse.IsSupported)
            unsafe
            {
                for (var i = 0; i < passed; i++)
                {
                    var at = Unsafe.Add(ref start, i) - from;
                    Sse.Prefetch0(Unsafe.AsPointer(
                        ref Unsafe.Add(ref entries, Place(Key(PairNode + Unsafe.Add(ref token, at), Unsafe.Add(ref token, at + 1))))));
                }
            }
        return passed;
    }

    private int Walk(ReadOnlySpan<int> ids, int start, ref GGramMatch[] matches, int count)
    {
        var key = Key(PairNode + ids[start], ids[start + 1]);
        for (var end = start + 2; ; end++)
        {
            ref var node = ref Find(key);
            if (node.Key != key) return count;
            if (node.Id > 0)
            {
                if (count == matches.Length) Grow(ref matches, count + 1);
                matches[count++] = new(node.Id, start, end - start);
            }
            if (!node.HasChildren || end == ids.Length) return count;
            key = Key(node.Node, ids[end]);
        }
    }

    private static void Grow(ref GGramMatch[] matches, int needed) => Array.Resize(ref matches, Math.Max(needed, 2 * matches.Length));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Pair(int first, int second) => (first * pairStride + second) & pairMask;

    /// <summary>Never 0, which marks a free place: nodes count from 1, and a pair's first part is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Key(int node, int token) => (ulong)(uint)node << 32 | (uint)token;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Place(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> 32) & tableMask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Entry Find(ulong key)
    {
        var place = Place(key);
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
