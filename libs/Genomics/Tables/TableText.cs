using CsvHelper;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Compressed;

namespace PluginHost.Libs.Genomics.Tables;

/// <summary>Opens a table's bytes, unpacking gzip, and refuses what is no table.</summary>
public static class TableText
{
    private const int Probe = 4096;

    /// <summary>Opens a file from its first byte after a look at the beginning.</summary>
    /// <exception cref="DataException">It is missing, empty, or no table.</exception>
    public static Stream Open(string path)
    {
        var head = new byte[Probe];
        int read;
        using (var handle = DataFile.Open(path)) read = DataFile.ReadAt(handle, path, 0, head);
        var packed = CompressionSniffer.Detect(head.AsSpan(0, read), path) != Compression.None;
        if (packed)
        {
            using (var probe = Unpack(path)) read = probe.ReadAtLeast(head, Probe, throwOnEndOfStream: false);
            if (read == 0) throw new DataException($"{DataFile.Show(path)} is empty once unpacked; download or export it again.");
        }
        Check(head.AsSpan(0, read), path);
        return packed ? Unpack(path) : DataFile.Guard(path, () => File.OpenRead(path));
    }

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
    }, leaveOpen: false);

    /// <summary>The failure of a row whose quotes do not pair up.</summary>
    public static DataException Quotes(string path, CsvFormatException failure) => new(
        $"{DataFile.Show(path)}:{failure.LineNumber}: the quotes of this row do not pair up; write a cell that holds quotes in quotes, and "
            + "each quote in it twice.", failure);

    private static GzipText Unpack(string path) => new(DataFile.Guard(path, () => File.OpenRead(path)), path);

    private static void Check(ReadOnlySpan<byte> head, string path)
    {
        if (head.ContainsAnyInRange((byte)0, (byte)8))
            throw new DataException($"{DataFile.Show(path)} is not text, so not a table; check that it is the right file.");
        if (head.TrimStart("\r\n\t "u8).StartsWith(">"u8))
            throw new DataException($"{DataFile.Show(path)}:1: '>' begins a FASTA record, not a table; read it with 'use: fasta'.");
        if (!head.ContainsAnyExcept("\r\n\t "u8))
            throw new DataException($"{DataFile.Show(path)} holds nothing but blanks; download or export it again.");
    }
}
