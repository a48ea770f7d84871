using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PluginHost.Plugins.Bpe;

/// <summary>Says which pieces may stand side by side.</summary>
internal interface IPairs
{
    /// <summary>What <see cref="Allow"/> knows a left piece by, worked out once for all that is tried after it; anything may follow <see cref="None"/>.</summary>
    int Row(int left);

    /// <summary>Whether <paramref name="right"/> may follow the piece of a row.</summary>
    bool Allow(int row, int right);

    /// <summary>Stands for the start of a sequence.</summary>
    int None { get; }
}

/// <summary>
/// All pairs in one bitmap. Pieces that allow the same neighbours share a row, or a column: of DNABERT-2's 4,091 pieces
/// 1,096 and 1,153 differ, so that 160 KB stay in the processor's second-level cache where 2 MB would not.
/// </summary>
internal readonly struct PairBits : IPairs
{
    /// <summary>Above this many pieces (32 MiB before rows are shared) pairs are worked out one by one.</summary>
    public const int MostPieces = 16_384;

    private readonly ulong[] bits;
    private readonly ushort[] rowOf;
    private readonly ushort[] columnOf;
    private readonly int words;

    /// <remarks>
    /// Each merge (x, y) forbids every pair whose left piece has x and whose right piece has y where they touch, unless
    /// x or y has been taken up by an earlier merge. For each x the forbidden right pieces are gathered in merge order, and
    /// left pieces join in as their limit comes up.
    /// </remarks>
    public PairBits(MergeRules rules)
    {
        None = rules.Count;
        var (all, wide) = Every(rules);
        (rowOf, var rows) = Shared(all, wide);
        var (turned, high) = Turned(rows, rules.Count);
        (columnOf, var columns) = Shared(turned, high);
        (bits, words) = Turned(columns, rows.Count);
    }

    public int None { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Row(int left) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rowOf), (nint)(uint)left) * words;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Allow(int row, int right)
    {
        var column = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(columnOf), (nint)(uint)right);
        var word = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bits), (nint)(uint)(row + (column >> 6)));
        return (word >> column & 1) != 0;
    }

    /// <summary>A row for each piece and one for none; set where a pair is allowed.</summary>
    private static (ulong[] Bits, int Words) Every(MergeRules rules)
    {
        var words = (rules.Count + 63) / 64;
        var bits = new ulong[(rules.Count + 1) * words];
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
        return (bits, words);
    }

    /// <summary>The different rows of a bitmap, and which of them each row is.</summary>
    private static (ushort[] Which, List<ulong[]> Different) Shared(ulong[] bits, int words)
    {
        var which = new ushort[bits.Length / words];
        var different = new List<ulong[]>();
        var byHash = new Dictionary<ulong, List<int>>();
        for (var row = 0; row < which.Length; row++)
        {
            var text = bits.AsSpan(row * words, words);
            var hash = 0UL;
            foreach (var word in text) hash = (hash ^ word) * 0x9E3779B97F4A7C15 + (hash >> 29);
            if (!byHash.TryGetValue(hash, out var same)) byHash.Add(hash, same = []);
            var found = -1;
            foreach (var candidate in same)
                if (text.SequenceEqual(different[candidate])) found = candidate;
            if (found < 0)
            {
                same.Add(found = different.Count);
                different.Add(text.ToArray());
            }
            which[row] = (ushort)found;
        }
        return (which, different);
    }

    /// <summary>Rows become columns.</summary>
    /// <param name="rows">Bitmap rows.</param>
    /// <param name="count">Bits of a row that count.</param>
    private static (ulong[] Bits, int Words) Turned(List<ulong[]> rows, int count)
    {
        var words = (rows.Count + 63) / 64;
        var turned = new ulong[count * words];
        for (var row = 0; row < rows.Count; row++)
            for (var column = 0; column < count; column++)
                if ((rows[row][column >> 6] >> column & 1) != 0) turned[column * words + (row >> 6)] |= 1UL << (row & 63);
        return (turned, words);
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

    public int Row(int left) => left;

    public bool Allow(int row, int right) => row == None || rules.AreCompatible(row, right);
}
