namespace PluginHost.Plugins.Tables.Parts;

/// <summary>Chooses shares of rows that are nested: each stratum is shuffled once, and a share is its beginning.</summary>
internal static class NestedShares
{
    /// <summary>The chosen rows, ascending.</summary>
    /// <param name="strata">Of each row.</param>
    /// <param name="share">0 to 1, of each stratum, rounded; at least one row of each.</param>
    /// <param name="seed">Fixes the draw.</param>
    public static IReadOnlyList<int> Choose(IReadOnlyList<string> strata, double share, ulong seed)
    {
        var random = new SeededRandom(seed);
        List<int> chosen = [];
        foreach (var stratum in Enumerable.Range(0, strata.Count).GroupBy(i => strata[i]).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var rows = stratum.ToArray();
            random.Shuffle(rows.AsSpan());
            chosen.AddRange(rows[..Math.Max(1, (int)Math.Round(share * rows.Length, MidpointRounding.AwayFromZero))]);
        }
        chosen.Sort();
        return chosen;
    }
}
