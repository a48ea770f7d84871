using System.Globalization;
using System.Text.Unicode;
using CsvHelper;
using PluginHost.Libs.Files;

namespace PluginHost.Libs.Genomics.Tables;

/// <summary>Reads one table into samples.</summary>
public sealed class TableReader
{
    private readonly string shown, file;
    private readonly TableLayout layout;
    private readonly bool labelRequired;
    private readonly CsvReader csv;
    private readonly IReadOnlyList<JoinedTable> joined;
    private readonly TableColumns columns;
    private readonly string[] fields;
    private readonly TableRows rows;
    private readonly BadRecords bad;
    private readonly Dictionary<string, long> ids = new(StringComparer.Ordinal);
    private long number;

    private TableReader(string path, CsvReader csv, TableLayout layout, IReadOnlyList<JoinedTable> joined, bool labelRequired)
    {
        (shown, file) = (DataFile.Show(path), Path.GetFileName(path));
        (this.csv, this.layout, this.joined, this.labelRequired) = (csv, layout, joined, labelRequired);
        csv.Read();
        TableText.CheckWidth(csv, path);
        columns = TableColumns.Find(Cells(), layout, labelRequired, Where, csv.Separator);
        foreach (var table in joined) table.CheckKey(columns.Fields, Where);
        fields = [.. columns.Fields, .. columns.Vectors.Select(v => v.Name), .. joined.SelectMany(t => t.Fields)];
        TableColumns.CheckTwice(fields, Where);
        bad = new(path, "row", layout.OnBad, layout.Option("onBad", "skip"));
        rows = new(path, columns.Label >= 0, layout.Alphabet, bad);
    }

    /// <summary>Reads all rows.</summary>
    /// <param name="path">Plain or gzip.</param>
    /// <param name="layout">Column names and separator.</param>
    /// <param name="joined">Tables whose columns are added.</param>
    /// <param name="labelRequired">Whether every row must have a label.</param>
    /// <exception cref="DataException">The file or a row is malformed; names the line.</exception>
    public static TableRows Read(string path, TableLayout layout, IReadOnlyList<JoinedTable> joined, bool labelRequired)
    {
        using var csv = TableText.Rows(path, layout.Separator);
        var reader = Open(path, csv, layout, joined, labelRequired);
        while (TableText.Guard(path, reader.Next) is { } row) reader.rows.Add(row);
        reader.rows.Finish();
        return reader.rows;
    }

    /// <summary>Reads rows one at a time, each with the bytes it was written in, the line's end left out.</summary>
    /// <param name="path">Plain or gzip.</param>
    /// <param name="layout">Column names and separator.</param>
    /// <param name="header">Told the header's bytes, the separator and whether there are labels before the first row is read.</param>
    /// <exception cref="DataException">The file or a row is malformed; names the line.</exception>
    public static IEnumerable<(Sample Sample, byte[] Written)> Stream(string path, TableLayout layout, Action<byte[], char,
        bool>? header = null)
    {
        using var csv = TableText.Rows(path, layout.Separator, pool: false);
        var reader = Open(path, csv, layout, [], labelRequired: false);
        header?.Invoke(Written(csv), csv.Separator, reader.columns.Label >= 0);
        while (TableText.Guard(path, reader.Next) is { } row) yield return (row, Written(csv));
    }

    private static TableReader Open(string path, CsvReader csv, TableLayout layout, IReadOnlyList<JoinedTable> joined, bool labelRequired)
    {
        try
        {
            return TableText.Guard(path, () => new TableReader(path, csv, layout, joined, labelRequired));
        }
        catch (DataException e)
        {
            throw TableText.Explain(path, e);
        }
    }

    private static byte[] Written(CsvReader csv) => csv.RawRecord.TrimEnd("\r\n"u8).ToArray();

    private string Where => $"{shown}:{csv.LineNumber}";

    private Sample? Next()
    {
        while (csv.Read())
        {
            if (csv.IsBlank())
            {
                if (csv.FieldCount > 1) rows.Blank++;
                continue;
            }
            if (csv.FieldCount < columns.Named || !csv.IsBlank(from: columns.Count))
                throw new DataException($"{Where}: the row has {(csv.FieldCount == 1 ? "1 cell" : $"{csv.FieldCount} cells")} but the "
                    + $"header has {columns.Count}; complete the row, and quote cells that hold a {Separators.Show(csv.Separator)}.");
            if (!Utf8.IsValid(csv.RawRecord))
                throw new DataException($"{Where}: this is not UTF-8 text; save the table as UTF-8 (iconv -f latin1 -t utf8).");
            number++;
            if (Row() is { } row) return row;
        }
        if (number == 0) throw new DataException($"{shown} has a header but no rows; download or export it again.");
        if (rows.Samples.Count == 0 && bad.LeftOut is [var all])
            throw new DataException($"{all} Nothing is left; give rows with sequences.");
        return null;
    }

    private string[] Cells() => [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];

    private Sample? Row()
    {
        if (bad.Skips && csv.IsEmpty(columns.Sequence))
        {
            bad.Empty(csv.LineNumber);
            return null;
        }
        if (Id() is not { } id)
        {
            bad.Repeated(csv.LineNumber);
            return null;
        }
        var values = new object?[fields.Length];
        var own = columns.Fields.Length;
        for (var i = 0; i < own; i++)
        {
            var column = columns.FieldColumns[i];
            values[i] = column == columns.Pair ? Sequence(column) : column == columns.Label ? Label(column) : Cell(column);
        }
        foreach (var vector in columns.Vectors) values[own++] = vector.Read(csv.GetString, Where, csv.LineNumber);
        foreach (var table in joined)
        {
            table.Row(values[Array.IndexOf(columns.Fields, table.Key)] as string, Where).CopyTo(values, own);
            own += table.Fields.Count;
        }
        return new(id, Sequence(columns.Sequence))
        {
            Fields = new RowFields(fields, values),
            Origin = $"{file}:{csv.LineNumber}",
            Place = Place(),
        };
    }

    /// <summary>A cell's text; nothing for those that a row may leave out.</summary>
    private string Cell(int column) => column < csv.FieldCount ? csv.GetString(column) : "";

    private GenomicPlace? Place()
    {
        if (columns.Place is not { } at) return null;
        var strand = columns.Strand < 0 ? "" : Cell(columns.Strand);
        if (csv.IsEmpty(at.Chromosome) || !TryPlace(at.Start, out var start) || !TryPlace(at.End, out var end) || end <= start)
        {
            rows.Unplaced++;
            return null;
        }
        return new(csv.GetString(at.Chromosome), start, end, strand switch { "+" or "1" or "+1" => '+', "-" or "-1" => '-', _ => '.' });
    }

    private bool TryPlace(int column, out long place) =>
        long.TryParse(csv.GetString(column), NumberStyles.None, CultureInfo.InvariantCulture, out place);

    private string Sequence(int column)
    {
        var cell = csv.GetString(column);
        if (cell.Length == 0) throw new DataException($"{Where}: the sequence is empty; fill it in or remove the row{bad.Remedy}.");
        if (KMerSentence(cell) is { } k)
            throw new DataException($"{Where}: the sequence is written as {k}-mers with blanks between them; give the plain sequence, the "
                + "tokenizer makes the k-mers.");
        if (layout.Alphabet.IsDna && cell.AsSpan().ContainsAnyInRange('0', '9') && layout.Alphabet.FindForeign(cell) >= 0)
            throw Digits(cell);
        var normal = layout.Alphabet.Normalize(cell, Where);
        rows.Count(cell);
        return normal;
    }

    private DataException Digits(string cell)
    {
        var at = cell.AsSpan().IndexOfAnyInRange('0', '9');
        return new($"{Where}: '{cell[at]}' at position {at + 1} is not a nucleotide code; allowed are {Iupac.Codes} and U, in either case. "
            + "Rows of other characters, such as the 0 and 1 of alleles, are read with the source's 'alphabet' (alphabet: \"01\"; on a "
            + "command line --data alphabet=01).");
    }

    private string? Label(int column)
    {
        if (!csv.IsEmpty(column)) return csv.GetString(column);
        return labelRequired ? throw new DataException($"{Where}: the label is empty; fill it in or remove the row.") : null;
    }

    /// <summary>The row's name, or null for a row that is left out for want of one.</summary>
    private string? Id()
    {
        if (columns.Id < 0) return number.ToString(CultureInfo.InvariantCulture);
        var id = csv.GetString(columns.Id);
        if (id.Length > 0 && ids.TryAdd(id, csv.LineNumber)) return id;
        if (bad.Skips) return null;
        throw new DataException(id.Length == 0
            ? $"{Where}: the id is empty; fill it in, or leave 'id' out to number the rows{bad.Remedy}."
            : $"{Where}: the id '{id}' is there already, on line {ids[id]}; ids must be unique{bad.Remedy}.");
    }

    /// <summary>The k of a text of overlapping k-mers, as DNABERT's own files hold; null when it is none.</summary>
    private static int? KMerSentence(string cell)
    {
        var k = cell.IndexOf(' ');
        return k is > 0 and < 64 && cell.Length > 2 * k && cell.AsSpan(1, k - 1).SequenceEqual(cell.AsSpan(k + 1, k - 1)) ? k : null;
    }
}
