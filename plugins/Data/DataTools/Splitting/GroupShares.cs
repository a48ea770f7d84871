namespace PluginHost.Plugins.DataTools.Splitting;

/// <summary>
/// Deals groups out to parts so that each part comes as near as it can to its share of every label. Groups are never divided.
/// </summary>
/// <remarks>
/// Groups are taken from the heaviest to the lightest, equal ones in random order; each goes where it lowers most the squared distance
/// from what the part should hold, label by label, relative to that; among equals the one that lacks most in all.
/// </remarks>
internal static class GroupShares
{
    /// <summary>How much being short in all counts beside being short of a label: enough to decide among equals.</summary>
    private const double InAll = 1e-3;

    /// <summary>Deals.</summary>
    /// <param name="groups">The group of each row, numbered from 0.</param>
    /// <param name="labels">The label of each row, numbered from 0; all 0 for rows that are alike.</param>
    /// <param name="weights">The weight of each row.</param>
    /// <param name="shares">The share of each part; they sum to 1.</param>
    /// <param name="seed">Decides among equals.</param>
    /// <param name="placed">Parts of groups that have one already; -1 for those to deal.</param>
    /// <returns>The part of each group.</returns>
    public static int[] Deal(IReadOnlyList<int> groups, IReadOnlyList<int> labels, IReadOnlyList<long> weights,
        IReadOnlyList<double> shares, ulong seed, IReadOnlyList<int>? placed = null)
    {
        var count = groups.Count == 0 ? 0 : groups.Max() + 1;
        var labelCount = labels.Count == 0 ? 0 : labels.Max() + 1;
        var (starts, rows) = ByGroup(groups, count);
        var parts = placed?.ToArray() ?? [.. Enumerable.Repeat(-1, count)];
        var totals = new double[labelCount];
        var groupWeights = new long[count];
        for (var row = 0; row < groups.Count; row++)
        {
            if (parts[groups[row]] >= 0) continue;
            totals[labels[row]] += weights[row];
            groupWeights[groups[row]] += weights[row];
        }

        var have = new double[shares.Count, labelCount];
        var haveInAll = new double[shares.Count];
        var total = totals.Sum();
        var order = Enumerable.Range(0, count).Where(g => parts[g] < 0).ToArray();
        new SeededRandom(seed, 0x5E11).Shuffle(order.AsSpan());
        var added = new Dictionary<int, double>();
        foreach (var group in order.OrderByDescending(g => groupWeights[g]))
        {
            added.Clear();
            for (var i = starts[group]; i < starts[group + 1]; i++)
                added[labels[rows[i]]] = added.GetValueOrDefault(labels[rows[i]]) + weights[rows[i]];
            var (best, bestCost) = (-1, double.PositiveInfinity);
            for (var part = 0; part < shares.Count; part++)
            {
                if (shares[part] <= 0) continue;
                var cost = InAll * Cost(groupWeights[group], haveInAll[part], shares[part] * total);
                foreach (var (label, weight) in added)
                    cost += Cost(weight, have[part, label], shares[part] * totals[label]);
                // A hair's breadth apart is equal: the larger share takes it.
                if (best >= 0 && (cost > bestCost + 1e-9 || (cost > bestCost - 1e-9 && shares[part] <= shares[best]))) continue;
                (best, bestCost) = (part, cost);
            }
            parts[group] = best;
            haveInAll[best] += groupWeights[group];
            foreach (var (label, weight) in added) have[best, label] += weight;
        }
        return parts;
    }

    /// <summary>By how much adding a weight raises the squared distance from what is wanted, relative to that.</summary>
    private static double Cost(double weight, double have, double wanted) => weight * (weight + 2 * (have - wanted)) / wanted;

    private static (int[] Starts, int[] Rows) ByGroup(IReadOnlyList<int> groups, int count)
    {
        var starts = new int[count + 1];
        foreach (var group in groups) starts[group + 1]++;
        for (var g = 0; g < count; g++) starts[g + 1] += starts[g];
        var next = starts[..count];
        var rows = new int[groups.Count];
        for (var row = 0; row < rows.Length; row++) rows[next[groups[row]]++] = row;
        return (starts, rows);
    }
}
