using PluginHost.Libs.Files.Tables;

namespace PluginHost.Libs.TableFiles.Numpy;

/// <summary>
/// A table as numpy's <c>.npz</c>: an array for each column, all of one length. Where a cell has nothing it is an empty text, -1 or NaN.
/// Elements wait in files that have no name, so memory does not grow with the rows.
/// </summary>
public sealed class NpzTable : ITableWriter, IDisposable
{
    private readonly Stream stream;
    private readonly IReadOnlyList<TableColumn> columns;
    private readonly IDisposable[] waiting;
    private long rows;

    /// <param name="folder">Where elements wait.</param>
    /// <param name="stream">Receives the file; is not closed.</param>
    /// <param name="columns">Its columns.</param>
    public NpzTable(string folder, Stream stream, IReadOnlyList<TableColumn> columns)
    {
        (this.stream, this.columns) = (stream, columns);
        waiting = [.. columns.Select(c => c.Type == typeof(string) ? (IDisposable)new WaitingTexts(folder) : new WaitingFile(folder))];
    }

    /// <inheritdoc/>
    public void Add(IReadOnlyList<object?> cells)
    {
        for (var c = 0; c < waiting.Length; c++)
            if (waiting[c] is WaitingTexts texts) texts.Add((string?)cells[c] ?? "");
            else if (columns[c].Type == typeof(long)) ((WaitingFile)waiting[c]).Write([(long?)cells[c] ?? -1]);
            else if (columns[c].Type == typeof(float)) ((WaitingFile)waiting[c]).Write([(float?)cells[c] ?? float.NaN]);
            else ((WaitingFile)waiting[c]).Write([(double?)cells[c] ?? double.NaN]);
        rows++;
    }

    /// <inheritdoc/>
    public void Finish()
    {
        using var archive = new NpzArchive(stream);
        for (var c = 0; c < waiting.Length; c++)
            if (waiting[c] is WaitingTexts texts) archive.Add(columns[c].Name, texts);
            else archive.Add(columns[c].Name, columns[c].Type == typeof(long) ? "<i8" : columns[c].Type == typeof(float) ? "<f4" : "<f8",
                ((WaitingFile)waiting[c]).CopyTo, rows);
    }

    /// <summary>Removes the files that waited.</summary>
    public void Dispose()
    {
        foreach (var file in waiting) file.Dispose();
    }
}
