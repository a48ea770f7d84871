using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PluginHost.Libs.Files.Tables;

/// <summary>
/// Rows as JSON objects: one a line, or all in one array. Numbers are written in full; those that JSON has no word for, not a number and
/// the
/// infinities, are null.
/// </summary>
public sealed class JsonTable : ITableWriter
{
    private static readonly JsonWriterOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Stream stream;
    private readonly IReadOnlyList<TableColumn> columns;
    private readonly bool lines;
    private readonly ArrayBufferWriter<byte> row = new();
    private readonly Utf8JsonWriter writer;
    private long rows;

    /// <summary>Begins a table.</summary>
    /// <param name="stream">Receives it; is not closed.</param>
    /// <param name="columns">The names of members.</param>
    /// <param name="lines">Whether each row is a line by itself.</param>
    public JsonTable(Stream stream, IReadOnlyList<TableColumn> columns, bool lines)
    {
        (this.stream, this.columns, this.lines) = (stream, columns, lines);
        writer = new Utf8JsonWriter(row, plain);
        if (!lines) stream.WriteByte((byte)'[');
    }

    /// <inheritdoc/>
    public void Add(IReadOnlyList<object?> cells)
    {
        if (!lines && rows > 0) stream.WriteByte((byte)',');
        if (!lines) stream.WriteByte((byte)'\n');
        writer.WriteStartObject();
        for (var c = 0; c < columns.Count; c++)
        {
            writer.WritePropertyName(columns[c].Name);
            Write(cells[c]);
        }
        writer.WriteEndObject();
        writer.Flush();
        writer.Reset();
        stream.Write(row.WrittenSpan);
        row.ResetWrittenCount();
        if (lines) stream.WriteByte((byte)'\n');
        rows++;
    }

    /// <inheritdoc/>
    public void Finish()
    {
        if (!lines) stream.Write("\n]\n"u8);
    }

    private void Write(object? cell)
    {
        switch (cell)
        {
            case float number when float.IsFinite(number): writer.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): writer.WriteNumberValue(number); break;
            case null or float or double: writer.WriteNullValue(); break;
            case long number: writer.WriteNumberValue(number); break;
            default: writer.WriteStringValue(DelimitedTable.Text(cell)); break;
        }
    }
}
