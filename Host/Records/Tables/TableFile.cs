using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Compressed;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Files.Tables;

namespace PluginHost.Host.Records.Tables;

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
            var table = Begin((Stream?)packed ?? stream, writer, format.Kind, columns);
            foreach (var row in rows) table.Add(row);
            table.Finish();
        });

    private static ITableWriter Begin(Stream stream, TextWriter writer, TableKind kind, IReadOnlyList<TableColumn> columns) => kind switch
    {
        TableKind.Csv => new DelimitedTable(writer, columns, ','),
        TableKind.Jsonl => new JsonTable(stream, columns, lines: true),
        TableKind.Json => new JsonTable(stream, columns, lines: false),
        TableKind.Parquet => new ParquetTable(stream, columns),
        _ => new DelimitedTable(writer, columns, '\t'),
    };
}
