using PluginHost.Libs.Genomics.Tables;

namespace PluginHost.Plugins.Tables.Labelled;

/// <summary>Tells by its header what a table of a benchmark holds.</summary>
internal static class SequenceColumn
{
    private static readonly string[] names = ["sequence", "seq", "dna", "dna_sequence"];

    /// <summary>The cells of the first row.</summary>
    /// <exception cref="DataException">The file is missing, empty, or no table.</exception>
    public static string[] HeaderOf(string path)
    {
        using var csv = TableText.Rows(path, null);
        if (!TableText.Guard(path, csv.Read)) return [];
        TableText.CheckWidth(csv, path);
        string[] names = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
        return names[..(Array.FindLastIndex(names, name => name.Length > 0) + 1)];
    }

    /// <summary>The column of sequences, or null.</summary>
    public static string? In(string[] header) => Array.Find(header, h => names.Contains(h, StringComparer.OrdinalIgnoreCase));
}
