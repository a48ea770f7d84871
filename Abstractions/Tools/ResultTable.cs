namespace PluginHost;

/// <summary>A small table of results.</summary>
/// <param name="Title">Printed above it; may be empty.</param>
/// <param name="Columns">Headings, left to right.</param>
public sealed record ResultTable(string Title, IReadOnlyList<string> Columns)
{
    private readonly List<IReadOnlyList<string>> rows = [];

    /// <summary>The rows, top to bottom; each has as many cells as there are columns.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => rows;

    /// <summary>How the columns after the first are aligned.</summary>
    public ColumnAlignment Alignment { get; init; } = ColumnAlignment.Figures;

    /// <summary>Sentences printed below it.</summary>
    public IList<string> Notes { get; } = [];

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentException">The row has another number of cells than there are columns.</exception>
    public ResultTable Add(params string[] cells)
    {
        if (cells.Length != Columns.Count)
            throw new ArgumentException($"A row of table '{Title}' has {cells.Length} cells; it needs {Columns.Count}.", nameof(cells));
        rows.Add(cells);
        return this;
    }
}

/// <summary>What the columns after the first hold.</summary>
public enum ColumnAlignment
{
    /// <summary>Figures: aligned right.</summary>
    Figures,

    /// <summary>Words: aligned left.</summary>
    Words,
}
