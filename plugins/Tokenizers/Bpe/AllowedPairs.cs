namespace PluginHost.Plugins.Bpe;

/// <summary>Which pieces may stand side by side, all pairs in one bitmap.</summary>
internal static class AllowedPairs
{
    /// <summary>A row of so many words for each piece on the left, and one for none; set where a piece may follow.</summary>
    /// <remarks>
    /// Each merge (x, y) forbids every pair whose left piece has x and whose right piece has y where they touch, unless
    /// x or y has been taken up by an earlier merge. For each x the forbidden right pieces are gathered in merge order, and
    /// left pieces join in as their limit comes up.
    /// </remarks>
    /// <param name="rules">The pieces.</param>
    /// <param name="columns">The bit of each piece on the right.</param>
    public static (ulong[] Bits, int Words) Of(MergeRules rules, ReadOnlySpan<int> columns)
    {
        var words = rules.Count / 64 + 1;
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
                        if (ofX[next].Merged <= rightUntil) forbidden[columns[right] >> 6] |= 1UL << columns[right];
                var row = bits.AsSpan(holder * words, words);
                for (var w = 0; w < words; w++) row[w] |= forbidden[w];
            }
        }
        for (var w = 0; w < bits.Length; w++) bits[w] = ~bits[w];
        return (bits, words);
    }

    /// <summary>
    /// For each piece, the pieces that have it at one edge, and the number of the merge that took it up there; ascending by that.
    /// </summary>
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
