using CsvHelper;
using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Names;

namespace PluginHost.Libs.Genomics.Tables;

/// <summary>A table in memory whose rows are looked up by a key. Its cells are shared by all rows that have the key.</summary>
public sealed class JoinedTable
{
    private readonly string path;
    private readonly Dictionary<string, object?[]> rows;

    private JoinedTable(string path, CsvReader csv, string on, IReadOnlyDictionary<string, string[]> vectorColumns)
    {
        this.path = path;
        Key = on;
        rows = new(ChromosomeName.IsColumn(on) ? ChromosomeName.Comparer : StringComparer.Ordinal);
        string Where() => $"{DataFile.Show(path)}:{csv.LineNumber}";
        csv.Read();
        TableText.CheckWidth(csv, path);
        string[] names = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
        names = names[..(Array.FindLastIndex(names, name => name.Length > 0) + 1)];
        TableColumns.CheckTwice(names, Where());
        var key = Array.IndexOf(names, Key);
        if (key < 0)
            throw new DataException($"{Where()}: there is no column '{Key}' to join by{Nearest.Hint(Key, names)}; the columns are: "
                + $"{NameList.Shorten(names, 20)}.");
        var vectors = VectorColumns.Find(vectorColumns, names, Where());
        var grouped = vectors.SelectMany(v => v.Columns).ToHashSet();
        var own = Enumerable.Range(0, names.Length).Where(i => i != key && !grouped.Contains(i)).ToArray();
        Fields = [.. own.Select(i => names[i]), .. vectors.Select(v => v.Name)];
        while (csv.Read())
        {
            if (csv.IsBlank()) continue;
            if (csv.FieldCount < names.Length || !csv.IsBlank(from: names.Length))
                throw new DataException($"{Where()}: the row has {csv.FieldCount} cells but the header has {names.Length}; complete the "
                    + $"row, and quote cells that hold a {Separators.Show(csv.Separator)}.");
            if (!rows.TryAdd(csv.GetString(key),
                [.. own.Select(i => (object)csv.GetString(i)),
                .. vectors.Select(v => (object)v.Read(csv.GetString, Where(), csv.LineNumber))]))
                throw new DataException($"{Where()}: the {Key} '{csv.GetString(key)}' is there already; each may have one row.");
        }
    }

    /// <summary>The column rows meet by.</summary>
    public string Key { get; }

    /// <summary>The fields it adds.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>Reads a table.</summary>
    /// <param name="path">CSV or TSV, plain or gzip.</param>
    /// <param name="on">The column rows meet by.</param>
    /// <param name="vectors">Fields of several numbers, as in <see cref="TableLayout.Vectors"/>.</param>
    /// <param name="separator">As in <see cref="TableLayout.Separator"/>.</param>
    /// <exception cref="DataException">It is missing or malformed, or has no such key.</exception>
    public static JoinedTable Read(string path, string on, IReadOnlyDictionary<string, string[]> vectors, string? separator)
    {
        using var csv = TableText.Rows(path, separator);
        return TableText.Guard(path, () => new JoinedTable(path, csv, on, vectors));
    }

    /// <summary>Refuses a table without the key.</summary>
    public void CheckKey(string[] fields, string where)
    {
        if (!fields.Contains(Key))
            throw new DataException($"{where}: there is no column '{Key}', by which {DataFile.Show(path)} is joined; the columns are: "
                + $"{NameList.Shorten(fields, 20)}.");
    }

    /// <summary>The cells of a key.</summary>
    /// <exception cref="DataException">It has none.</exception>
    public object?[] Row(string? key, string where) => key is not null && rows.TryGetValue(key, out var row)
        ? row
        : throw new DataException($"{where}: the {Key} '{key}' has no row in {DataFile.Show(path)}; add one, or remove this row.");
}
