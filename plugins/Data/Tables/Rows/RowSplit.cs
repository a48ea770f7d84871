namespace PluginHost.Plugins.Tables.Rows;

/// <summary>
/// Holds out a share of a table's rows: label by label, so that shares of labels stay; rows with equal sequences stay together. Where most
/// rows
/// have a label of their own, as numbers to predict are, all rows are one.
/// </summary>
internal static class RowSplit
{
    /// <summary>Divides rows; each part keeps the file's order.</summary>
    /// <exception cref="DataException">There are too few rows.</exception>
    public static IReadOnlyList<(Split Split, IReadOnlyList<Sample> Samples)> Divide(IReadOnlyList<Sample> samples, TableOptions options,
        string file)
    {
        var random = new SeededRandom(options.SplitSeed);
        var home = new Dictionary<(string, string?), Split>();
        var manyValued = 2 * samples.Select(s => s.Label).Distinct().Count() > samples.Count;
        var groups = samples
            .GroupBy(s => TableNotes.Key(s, options.Pair))
            .GroupBy(g => manyValued ? "" : g.First().Label ?? "")
            .OrderBy(g => g.Key, StringComparer.Ordinal);
        foreach (var label in groups)
        {
            var sequences = label.Select(g => (g.Key, Rows: g.Count())).ToArray();
            var total = sequences.Sum(s => s.Rows);
            random.Shuffle(sequences.AsSpan());
            var placed = 0;
            foreach (var (key, rows) in sequences)
            {
                // A group goes where its middle falls, so every share is met as nearly as groups allow.
                var middle = (placed + rows / 2.0) / total;
                home[key] = middle < options.DevShare ? Split.Dev : middle < options.DevShare + options.TestShare ? Split.Test
                    : Split.Train;
                placed += rows;
            }
        }
        var wanted = new List<Split> { Split.Train };
        if (options.DevShare > 0) wanted.Add(Split.Dev);
        if (options.TestShare > 0) wanted.Add(Split.Test);
        var parts = wanted.ConvertAll(split =>
            (split, (IReadOnlyList<Sample>)[.. samples.Where(s => home[TableNotes.Key(s, options.Pair)] == split)]));
        var empty = parts.FindIndex(p => p.Item2.Count == 0);
        return empty < 0
            ? parts
            : throw new DataException($"{file}: the split {TableNotes.Name(parts[empty].split)} is empty: {samples.Count:N0} rows are too "
                + $"few for devShare {options.DevShare} and testShare {options.TestShare}; raise the share or give files of their own.");
    }
}
