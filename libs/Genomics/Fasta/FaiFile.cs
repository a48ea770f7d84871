using System.Globalization;
using System.Text;
using PluginHost.Libs.Files;

namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>
/// The index samtools leaves beside a FASTA file as <c>.fai</c>: name, length, byte of the first base, bases a line, bytes a line;
/// tab-separated.
/// </summary>
public static class FaiFile
{
    private const int LongestTail = 1 << 12;

    /// <summary>Reads the index beside a file.</summary>
    /// <param name="file">The FASTA file, unpacked.</param>
    /// <param name="problem">What is wrong with an index that exists, as the end of a sentence; null when it is fine or absent.</param>
    /// <returns>The records, or null when there is no index or it is older than the file or does not fit it.</returns>
    public static IReadOnlyList<FastaRecord>? TryRead(IByteReader file, out string? problem)
    {
        problem = null;
        var path = file.Path + ".fai";
        if (FileKinds.Of(path) != FileKind.Regular) return null;
        problem = "is older than the file";
        if (DataFile.IsStale(path, file.Path)) return null;

        problem = "is malformed";
        var records = new List<FastaRecord>();
        var firstBase = 0L;
        foreach (var line in DataFile.Guard(path, () => File.ReadAllLines(path)))
        {
            if (line.Length == 0) continue;
            if (Parse(line, firstBase) is not { } record) return null;
            records.Add(record);
            firstBase += record.Length;
        }

        problem = "does not fit the file";
        if (!Fits(records, file)) return null;
        problem = null;
        return records;
    }

    /// <summary>Writes the index beside the file, whole or not at all.</summary>
    /// <returns>Null, or why it could not be written.</returns>
    public static string? Write(string fasta, IReadOnlyList<FastaRecord> records)
    {
        var path = fasta + ".fai";
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                using (var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true))
                    foreach (var r in records)
                        writer.Write(string.Create(CultureInfo.InvariantCulture,
                            $"{r.Name}\t{r.Length}\t{r.Layout.Offset}\t{r.Layout.LineBases}\t{r.Layout.LineBytes}\n"));
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            return e.Message;
        }
    }

    private static FastaRecord? Parse(string line, long firstBase)
    {
        var cells = line.Split('\t');
        if (cells.Length < 5 || cells[0].Length == 0) return null;
        var numbers = new long[4];
        for (var i = 0; i < 4; i++)
            if (!long.TryParse(cells[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return null;
        var (length, offset, bases, bytes) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        if (length == 0 || offset < 2 || bases == 0 || bases > bytes || bytes > int.MaxValue || (length > bases && bytes == bases))
            return null;
        return new(cells[0], length, new LineLayout(offset, (int)bases, (int)bytes)) { FirstBase = firstBase };
    }

    /// <summary>Whether every record begins on a fresh line after its header, ends with a line, and nothing follows the last.</summary>
    private static bool Fits(List<FastaRecord> records, IByteReader file)
    {
        if (records.Count == 0 || records.Select(r => r.Name).Distinct(StringComparer.Ordinal).Count() < records.Count) return false;
        var inOrder = records.OrderBy(r => r.Layout.Offset).ToArray();
        Span<byte> around = stackalloc byte[2];
        for (var i = 0; i < inOrder.Length; i++)
        {
            var end = End(inOrder[i]);
            var limit = i + 1 < inOrder.Length ? inOrder[i + 1].Layout.Offset - 2 : file.Length;
            if (end > limit) return false;
            if (file.Read(inOrder[i].Layout.Offset - 1, around) < 2 || around[0] is not ((byte)'\n' or (byte)'\r')
                || FastaAlphabet.Code(around[1]) == 0) return false;
            if (file.Read(end - 1, around) is var read
                && (FastaAlphabet.Code(around[0]) == 0 || (read == 2 && around[1] is not ((byte)'\n' or (byte)'\r')))) return false;
        }
        var tail = file.Length - End(inOrder[^1]);
        if (tail > LongestTail) return false;
        var rest = new byte[tail];
        file.Read(file.Length - tail, rest);
        return !rest.AsSpan().ContainsAnyExcept("\r\n \t"u8);
    }

    private static long End(FastaRecord record) => record.Layout.ByteOf(record.Length - 1, out _) + 1;
}
