using PluginHost.Libs.Genomics.Tables;

namespace PluginHost.Plugins.Mutations;

/// <summary>A parent and a child that it had.</summary>
internal sealed record TruePair(string Parent, string Child)
{
    /// <summary>Whether the child is another sequence than its parent.</summary>
    public bool IsChanged => Parent != Child;
}

/// <summary>Reads tables of pairs.</summary>
internal static class PairTable
{
    /// <summary>All rows, in order.</summary>
    /// <exception cref="DataException">The table is malformed, or lacks a column.</exception>
    public static IReadOnlyList<TruePair> Read(string path, MutationsOptions options) =>
        [.. TableReader.Read(path, new TableLayout
        {
            Sequence = options.ParentColumn, Pair = options.ChildColumn, Label = "none",
            Option = (option, column) => option switch
            {
                "sequence" => $"--parent-column {column}",
                "pair" => $"--child-column {column}",
                _ => $"--{option} {column}",
            },
        }, [], labelRequired: false).Samples.Select(s => new TruePair(s.Sequence, s.Text(options.ChildColumn)))];
}
