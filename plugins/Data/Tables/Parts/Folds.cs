using System.Runtime.InteropServices;

namespace PluginHost.Plugins.Tables.Parts;

/// <summary>Deals rows out to folds, stratum by stratum, groups of rows that must stay together as one.</summary>
internal static class Folds
{
    /// <summary>
    /// The fold of each row, from 0. Where every row is a group of its own, folds differ by at most one row in each stratum and in all.
    /// </summary>
    /// <param name="groups">Rows with equal keys stay together.</param>
    /// <param name="strata">Of each row; a group has that of its first.</param>
    /// <param name="count">Folds.</param>
    /// <param name="seed">Fixes the draw.</param>
    public static int[] Deal(IReadOnlyList<string> groups, IReadOnlyList<string> strata, int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        var fold = new int[groups.Count];
        var sizes = new long[count];
        var byStratum = Enumerable.Range(0, groups.Count).GroupBy(i => groups[i], StringComparer.Ordinal).Select(g => g.ToArray())
            .GroupBy(rows => strata[rows[0]]).OrderBy(g => g.Key, StringComparer.Ordinal);
        foreach (var stratum in byStratum)
        {
            var dealt = stratum.ToList();
            random.Shuffle(CollectionsMarshal.AsSpan(dealt));
            var inStratum = new long[count];
            // Large groups first: the small ones even out what they leave uneven.
            foreach (var rows in dealt.OrderByDescending(rows => rows.Length))
            {
                var home = Enumerable.Range(0, count).MinBy(f => (inStratum[f], sizes[f], f));
                foreach (var row in rows) fold[row] = home;
                inStratum[home] += rows.Length;
                sizes[home] += rows.Length;
            }
        }
        return fold;
    }
}
