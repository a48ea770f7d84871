namespace PluginHost.Plugins.MaskedLm;

/// <summary>
/// Predicts a token from the nearest visible ones on either side: counts at their distances, each smoothed towards the token frequencies
/// with a strength of <paramref name="strength"/> pseudo-counts; both sides multiplied as if independent given the token, or averaged.
/// </summary>
internal sealed class ContextBelief(TokenTable table, ContextCounts counts, double strength, bool multiply)
{
    /// <summary>The belief about a token of which some bases may be known.</summary>
    /// <param name="left">Nearest visible token to the left and how far it is, if any is in reach.</param>
    /// <param name="right">The same to the right.</param>
    /// <param name="agreeing">The tokens that agree with the known bases; null when none is known.</param>
    public Belief About((int Id, int Distance)? left, (int Id, int Distance)? right, int[]? agreeing)
    {
        var (before, after) = (Row(left, 1), Row(right, -1));
        double Weight(int id) => (before, after) switch
        {
            (null, null) => table[id],
            ({ } one, null) => Smoothed(one, id),
            (null, { } one) => Smoothed(one, id),
            ({ } l, { } r) => multiply ? table[id] > 0 ? Smoothed(l, id) * Smoothed(r, id) / table[id] : 0
                : (Smoothed(l, id) + Smoothed(r, id)) / 2,
        };
        if (agreeing is null)
        {
            var sum = Total(before, after);
            return new(id => Weight(id) / sum, Largest(Weight, Seen(before).Concat(Seen(after)).Append(table.Best)));
        }
        var agreed = agreeing.Sum(Weight);
        return new(id => table.IsSpecial(id) ? table[id] : (1 - table.SpecialMass) * Weight(id) / agreed, Largest(Weight, agreeing));
    }

    private ContextCounts.Row? Row((int Id, int Distance)? side, int direction) => side is { } token
        ? counts.Beside(token.Id, direction * token.Distance) : null;

    private double Smoothed(ContextCounts.Row row, int id) =>
        (row.Counts.GetValueOrDefault(id) + strength * table[id]) / (row.Total + strength);

    /// <summary>The sum of all weights; of the product only tokens counted on both sides need a look.</summary>
    private double Total(ContextCounts.Row? before, ContextCounts.Row? after)
    {
        if (before is null || after is null || !multiply) return 1;
        var (few, many) = before.Counts.Count < after.Counts.Count ? (before, after) : (after, before);
        var shared = few.Counts.Sum(c => many.Counts.TryGetValue(c.Key, out var other) ? (double)c.Value * other / table[c.Key] : 0);
        return (shared + strength * (before.Total + after.Total)
            + strength * strength) / ((before.Total + strength) * (after.Total + strength));
    }

    private static IEnumerable<int> Seen(ContextCounts.Row? row) => row is null ? [] : row.Counts.Keys;

    private static int Largest(Func<int, double> weight, IEnumerable<int> ids)
    {
        var (best, most) = (-1, -1.0);
        foreach (var id in ids)
        {
            var one = weight(id);
            if (one > most) (best, most) = (id, one);
        }
        return best;
    }
}
