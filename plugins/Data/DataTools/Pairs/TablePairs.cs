using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Tables;

namespace PluginHost.Plugins.DataTools.Pairs;

/// <summary>Pairs of a table of parents and children.</summary>
internal static class TablePairs
{
    /// <summary>Reads the table.</summary>
    /// <exception cref="DataException">It is malformed, lacks a column, or one name has two sequences.</exception>
    public static Lineage Read(PairsOptions options)
    {
        var layout = new TableLayout
        {
            Sequence = options.ParentColumn, Pair = options.ChildColumn, Label = "none",
            Option = (option, column) => option switch
            {
                "sequence" => $"--parent-column {column}",
                "pair" => $"--child-column {column}",
                _ => $"--{option} {column}",
            },
        };
        var lineage = new Lineage();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in TableReader.Read(options.Data, layout, [], labelRequired: false).Samples)
        {
            var child = row.Text(options.ChildColumn);
            if (child.Length == 0)
                throw new DataException($"{row.Where}: the column '{options.ChildColumn}' is empty; fill it in or remove the row.");
            lineage.Join(Node(row, options.ParentId, row.Sequence), Node(row, options.ChildId, child));
        }
        return lineage;

        int Node(Sample row, string? column, string sequence)
        {
            var name = column is null ? sequence : Name(row, column);
            if (!known.TryGetValue(name, out var node))
                return known[name] = lineage.Add(column is null ? $"s{known.Count + 1}" : name, sequence);
            if (lineage.Nodes[node].Sequence != sequence)
                throw new DataException(
                    $"{row.Where}: '{name}' has another sequence here than before; give each sequence a name of its own.");
            return node;
        }
    }

    private static string Name(Sample row, string column)
    {
        if (!row.Fields.ContainsKey(column))
            throw new DataException($"{row.Where}: there is no column '{column}'{Nearest.Hint(column, [.. row.Fields.Keys])}; there are: "
                + $"{NameList.Shorten([.. row.Fields.Keys])}.");
        return row.Text(column) is { Length: > 0 } name ? name
            : throw new DataException($"{row.Where}: the column '{column}' is empty; fill it in or remove the row.");
    }
}
