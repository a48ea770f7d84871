namespace PluginHost.Plugins.DataTools.Splitting;

/// <summary>
/// Subsets of training rows for label-efficiency curves: each contains the smaller ones, with the labels in the same shares.
/// </summary>
internal static class NestedSubsets
{
    /// <summary>For each row that is in a subset at all, the smallest it is in.</summary>
    /// <remarks>The rows of a label are put in random order once; a subset takes the first of them, at least one.</remarks>
    /// <param name="rows">The training rows.</param>
    /// <param name="labels">Of every row.</param>
    /// <param name="shares">Shares of the training rows, smallest first.</param>
    /// <param name="seed">The order.</param>
    /// <returns>By row: an index into <paramref name="shares"/>, or their number for rows in none.</returns>
    public static IReadOnlyDictionary<int,
        int> Smallest(IReadOnlyList<int> rows, IReadOnlyList<int> labels, IReadOnlyList<double> shares, ulong seed)
    {
        var smallest = new Dictionary<int, int>();
        foreach (var label in rows.GroupBy(r => labels[r]).OrderBy(g => g.Key))
        {
            var order = label.ToArray();
            new SeededRandom(seed, 0x5AB5E7, (ulong)label.Key).Shuffle(order.AsSpan());
            for (var i = 0; i < order.Length; i++)
            {
                var subset = 0;
                while (subset < shares.Count && i >= Math.Max(1, Math.Round(shares[subset] * order.Length))) subset++;
                smallest[order[i]] = subset;
            }
        }
        return smallest;
    }
}
