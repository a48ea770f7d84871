using CsvHelper;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Libs.Genomics.Tables;

/// <summary>Opens a table's bytes and rows, and words what is wrong with them.</summary>
public static class TableText
{
    private const string Wanted = "a table";

    /// <summary>Opens a file from its first byte after a look at the beginning.</summary>
    /// <exception cref="DataException">It is missing, empty, or no table.</exception>
    public static Stream Open(string path) => TextFile.Open(path, Wanted, TextFormat.Table);

    /// <summary>Opens a table's rows, the header first.</summary>
    /// <param name="path">Plain or gzip.</param>
    /// <param name="separator">As written in a pipeline; null to tell it from the name or the header.</param>
    /// <param name="pool">Whether equal cells share one string: for tables that are kept, not for those read once.</param>
    public static CsvReader Rows(string path, string? separator, bool pool = true) => CsvReader.Create(Open(path), new CsvReaderOptions
    {
        HasHeader = false,
        Separator = separator is null ? Separators.ByName(path) : Separators.Parse(separator),
        TrimWhitespace = true,
        TrimInsideQuotes = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        PoolStrings = pool,
        MaxRecordSize = TextLimits.LongestLine,
    }, leaveOpen: false);

    /// <summary>Reads rows; what is malformed becomes a sentence.</summary>
    /// <exception cref="DataException">A row is endless, or its quotes do not pair up.</exception>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException e)
        {
            throw Malformed(path, e);
        }
    }

    /// <summary>The failure of a row that is endless, or whose quotes do not pair up.</summary>
    private static DataException Malformed(string path, CsvFormatException failure) => new(IsTooLong(failure)
        ? $"{DataFile.Show(path)}:{failure.LineNumber}: the row is longer than {TextLimits.Show(TextLimits.LongestLine)}, the most that is "
            + "read. Close a quote that is open; give sequences that long as FASTA."
        :
        $"{DataFile.Show(path)}:{failure.LineNumber}: the quotes of this row do not pair up; write a cell that holds quotes in quotes, and "
            + "each quote in it twice.", failure);

    /// <summary>Refuses a header of more columns than a table has.</summary>
    public static void CheckWidth(CsvReader csv, string path)
    {
        if (csv.FieldCount > TextLimits.MostColumns)
            throw new DataException($"{DataFile.Show(path)}:1: the header names more than {TextLimits.MostColumns:N0} columns; check that "
                + "it is the right file.");
    }

    private static bool IsTooLong(CsvFormatException failure) =>
        failure.Message.Contains(nameof(CsvReaderOptions.MaxRecordSize), StringComparison.Ordinal);

    /// <summary>What a file is that has not the columns of the table it is taken for; the failure itself where that is not known.</summary>
    public static DataException Explain(string path, DataException failure) => ForeignFormat.Explain(path, Wanted) ?? failure;
}
