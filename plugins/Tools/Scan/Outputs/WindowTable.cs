using Parquet;
using Parquet.Schema;
using PluginHost.Libs.Files.Tables;

namespace PluginHost.Plugins.Scan.Outputs;

/// <summary>Windows as Apache Parquet: chromosome, start, end and a column for each output; what they are is in its metadata.</summary>
internal sealed class WindowTable : ITableWriter
{
    private const int RowsOfGroup = 1 << 16;

    private readonly ParquetWriter writer;
    private readonly DataField[] fields;
    private readonly List<IReadOnlyList<object?>> waiting = [];

    /// <param name="stream">Receives it; is not closed.</param>
    /// <param name="columns">A text, two whole numbers, and numbers.</param>
    /// <param name="comments">What the heads of other formats say.</param>
    public WindowTable(Stream stream, IReadOnlyList<TableColumn> columns, IReadOnlyList<string> comments)
    {
        fields = [.. columns.Select((c, i) => i == 0 ? (DataField)new DataField<string>(c.Name, nullable: false)
            : i < 3 ? new DataField<long>(c.Name) : new DataField<float>(c.Name))];
        writer = ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).GetAwaiter().GetResult();
        writer.CustomMetadata = comments.Select((line, i) => ($"comment{i + 1}", line)).ToDictionary(c => c.Item1, c => c.line);
    }

    /// <inheritdoc/>
    public void Add(IReadOnlyList<object?> cells)
    {
        waiting.Add(cells);
        if (waiting.Count == RowsOfGroup) WriteGroupAsync().GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Finish()
    {
        if (waiting.Count > 0) WriteGroupAsync().GetAwaiter().GetResult();
        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private async Task WriteGroupAsync()
    {
        using var group = writer.CreateRowGroup();
        for (var c = 0; c < fields.Length; c++)
            if (c == 0) await group.WriteAsync((DataField<string>)fields[c], Column<string>(c));
            else if (c < 3) await group.WriteAsync<long>(fields[c], Column<long>(c));
            else await group.WriteAsync<float>(fields[c], Column<float>(c));
        group.CompleteValidate();
        waiting.Clear();
    }

    private T[] Column<T>(int column) => [.. waiting.Select(row => (T)row[column]!)];
}
