using System.Globalization;

namespace PluginHost.Libs.Files.Tables;

/// <summary>A header and rows of text. Numbers are written in full, so equal text means equal bits.</summary>
public sealed class DelimitedTable : ITableWriter
{
    private readonly TextWriter writer;
    private readonly char separator;

    /// <summary>Begins a table.</summary>
    /// <param name="writer">Receives it; is not closed.</param>
    /// <param name="columns">For its header.</param>
    /// <param name="separator">
    /// A comma, with cells quoted where they must be; or a tab, with spaces for tabs and line ends in cells.
    /// </param>
    public DelimitedTable(TextWriter writer, IReadOnlyList<TableColumn> columns, char separator)
    {
        (this.writer, this.separator) = (writer, separator);
        Add([.. columns.Select(c => c.Name)]);
    }

    /// <inheritdoc/>
    public void Add(IReadOnlyList<object?> cells)
    {
        for (var c = 0; c < cells.Count; c++)
        {
            if (c > 0) writer.Write(separator);
            writer.Write(Safe(Text(cells[c]), separator));
        }
        writer.Write('\n');
    }

    /// <inheritdoc/>
    public void Finish() => writer.Flush();

    /// <summary>A cell as text.</summary>
    public static string Text(object? cell) => cell switch
    {
        null => "",
        string text => text,
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };

    /// <summary>A cell that does not break its row: quoted after commas, without tabs and line ends before tabs.</summary>
    public static string Safe(string cell, char separator)
    {
        if (separator != ',') return cell.Replace('\t', ' ').Replace('\n', ' ').Replace('\r', ' ');
        return cell.AsSpan().ContainsAny("\",\n\r") ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell;
    }
}
