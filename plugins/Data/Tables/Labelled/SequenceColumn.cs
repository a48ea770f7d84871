using CsvHelper;
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
        using var csv = CsvReader.Create(TableText.Open(path),
            new CsvReaderOptions { HasHeader = false, Separator = Separators.ByName(path), TrimWhitespace = true }, leaveOpen: false);
        return csv.Read() ? [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)] : [];
    }

    /// <summary>The column of sequences, or null.</summary>
    public static string? In(string[] header) => Array.Find(header, h => names.Contains(h, StringComparer.OrdinalIgnoreCase));
}
