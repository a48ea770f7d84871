using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PluginHost.Plugins.Bpe;

/// <summary>Says which pieces may stand side by side.</summary>
internal interface IPairs
{
    /// <summary>Whether <paramref name="right"/> may follow <paramref name="left"/>; anything may follow <see cref="None"/>.</summary>
    bool Allow(int left, int right);

    /// <summary>Stands for the start of a sequence.</summary>
    int None { get; }
}

/// <summary>All pairs in one bitmap: 2 MiB for 4,096 pieces.</summary>
internal readonly struct PairBits : IPairs
{
    /// <summary>Above this many pieces (a bitmap of 32 MiB) pairs are worked out one by one.</summary>
    public const int MostPieces = 16_384;

    private readonly ulong[] bits;
    private readonly int words;

    /// <remarks>
    /// Each merge (x, y) forbids every pair whose left piece has x and whose right piece has y where they touch, unless
    /// x or y has been taken up by an earlier merge. For each x the forbidden right pieces are gathered in merge order, and
    /// left pieces join in as their limit comes up.
    /// </remarks>
    public PairBits(MergeRules rules)
    {
        None = rules.Count;
        words = (rules.Count + 63) / 64;
        bits = new ulong[(rules.Count + 1) * words];
        var rightEdge = Edges(rules, parts => parts.Right);
        var leftEdge = Edges(rules, parts => parts.Left);
        var merges = new List<(int Right, int Merged)>[rules.Count];
        for (var piece = rules.Letters; piece < rules.Count; piece++)
        {
            var (left, right) = rules.Parts(piece);
            (merges[left] ??= []).Add((right, piece));
        }
        var forbidden = new ulong[words];
        for (var x = 0; x < rules.Count; x++)
        {
            if (merges[x] is not { } ofX) continue;
            Array.Clear(forbidden);
            var next = 0;
            foreach (var (holder, until) in rightEdge[x])
            {
                for (; next < ofX.Count && ofX[next].Merged < until; next++)
                    foreach (var (right, rightUntil) in leftEdge[ofX[next].Right])
                        if (ofX[next].Merged <= rightUntil) forbidden[right >> 6] |= 1UL << (right & 63);
                var row = bits.AsSpan(holder * words, words);
                for (var w = 0; w < words; w++) row[w] |= forbidden[w];
            }
        }
        for (var w = 0; w < bits.Length; w++) bits[w] = ~bits[w];
    }

    public int None { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Allow(int left, int right)
    {
        var word = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bits), (nint)(uint)(left * words + (right >> 6)));
        return (word >> right & 1) != 0;
    }

    /// <summary>For each piece, the pieces that have it at one edge, and the number of the merge that took it up there; ascending by that.</summary>
    private static List<(int Holder, int Until)>[] Edges(MergeRules rules, Func<(int Left, int Right), int> inner)
    {
        var edges = new List<(int Holder, int Until)>[rules.Count];
        for (var piece = 0; piece < rules.Count; piece++) edges[piece] = [];
        for (var piece = 0; piece < rules.Count; piece++)
        {
            var until = int.MaxValue;
            for (var at = piece; ; at = inner(rules.Parts(at)))
            {
                edges[at].Add((piece, until));
                if (at < rules.Letters) break;
                until = at;
            }
        }
        foreach (var edge in edges) edge.Sort((a, b) => a.Until.CompareTo(b.Until));
        return edges;
    }
}

/// <summary>Pairs worked out when asked for: for vocabularies too large for a bitmap.</summary>
internal readonly struct PairWalk(MergeRules rules) : IPairs
{
    public int None => rules.Count;

    public bool Allow(int left, int right) => left == None || rules.AreCompatible(left, right);
}
