using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Compressed;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Files.Tables;

namespace PluginHost.Libs.TableFiles;

/// <summary>Writes tables in the format that the file's name tells.</summary>
public static class TableFile
{
    /// <summary>Writes a table.</summary>
    /// <param name="file">Where.</param>
    /// <param name="format">As <see cref="TableFormat.Of"/> tells; BED is TSV with the columns that the caller gives it.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">Cells of its rows, in the order of the columns.</param>
    public static void Write(
        OutputFile file, TableFormat format, IReadOnlyList<TableColumn> columns, IEnumerable<IReadOnlyList<object?>> rows) =>
        file.Write(stream =>
        {
            using var packed = format.IsPacked ? new BgzfWriter(new KeptOpen(stream)) : null;
            using var writer = new StreamWriter((Stream?)packed ?? stream, bufferSize: 1 << 16, leaveOpen: true);
            var table = Begin((Stream?)packed ?? stream, writer, format.Kind, columns, []);
            foreach (var row in rows) table.Add(row);
            table.Finish();
        });

    /// <summary>Begins a table.</summary>
    /// <param name="stream">Receives it; is not closed.</param>
    /// <param name="writer">Of text onto the stream.</param>
    /// <param name="kind">Its format.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="comments">
    /// Lines about it: the head of TSV and CSV, after <c>#</c>; Parquet's metadata. JSON has no place for them.
    /// </param>
    public static ITableWriter Begin(
        Stream stream, TextWriter writer, TableKind kind, IReadOnlyList<TableColumn> columns, IReadOnlyList<string> comments)
    {
        if (kind is TableKind.Jsonl or TableKind.Json) return new JsonTable(stream, columns, lines: kind == TableKind.Jsonl);
        if (kind == TableKind.Parquet) return new ParquetTable(stream, columns, comments);
        foreach (var line in comments) writer.Write($"# {line}\n");
        return new DelimitedTable(writer, columns, kind == TableKind.Csv ? ',' : '\t');
    }
}
