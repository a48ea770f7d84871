using Parquet;
using Parquet.Schema;
using PluginHost.Libs.Files.Tables;

namespace PluginHost.Libs.TableFiles;

/// <summary>A table as Apache Parquet: a column of its own type each, null where a cell has nothing.</summary>
public sealed class ParquetTable : ITableWriter
{
    private const int RowsOfGroup = 1 << 17;

    private readonly ParquetWriter writer;
    private readonly DataField[] fields;
    private readonly List<IReadOnlyList<object?>> waiting = [];

    /// <summary>Begins a table.</summary>
    /// <param name="stream">Receives it; is not closed.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="comments">Sentences about it, for its metadata.</param>
    public ParquetTable(Stream stream, IReadOnlyList<TableColumn> columns, IReadOnlyList<string>? comments = null)
    {
        fields = [.. columns.Select(Field)];
        writer = ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).GetAwaiter().GetResult();
        if (comments is { Count: > 0 })
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

    private static DataField Field(TableColumn column) => column.Type == typeof(string) ? new DataField<string>(column.Name)
        : column.Type == typeof(long) ? new DataField<long?>(column.Name)
        : column.Type == typeof(float) ? new DataField<float?>(column.Name) : new DataField<double?>(column.Name);

    private async Task WriteGroupAsync()
    {
        using var group = writer.CreateRowGroup();
        for (var c = 0; c < fields.Length; c++)
            switch (fields[c])
            {
                case DataField<string> text: await group.WriteAsync(text, Column(c, cell => (string?)cell)); break;
                case DataField<long?> whole: await group.WriteAsync<long>(whole, Column(c, cell => (long?)cell)); break;
                case DataField<float?> number: await group.WriteAsync<float>(number, Column(c, cell => (float?)cell)); break;
                default: await group.WriteAsync<double>(fields[c], Column(c, cell => (double?)cell)); break;
            }
        group.CompleteValidate();
        waiting.Clear();
    }

    private T[] Column<T>(int column, Func<object?, T> cell) => [.. waiting.Select(row => cell(row[column]))];
}
