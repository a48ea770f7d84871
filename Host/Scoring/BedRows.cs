using PluginHost.Libs.Files.Tables;

namespace PluginHost.Host.Scoring;

/// <summary>
/// Predictions as BED: chromosome, start, end, the predicted class (the id where none is predicted), its probability times 1,000, strand,
/// then
/// id, label and the values in full.
/// </summary>
public static class BedRows
{
    private const float Most = 1000;
    private static readonly string[] places = ["id", "chromosome", "start", "end", "strand", "predicted"];

    /// <summary>What is wrong where a row has no place.</summary>
    public static UsageException Homeless(string id) => new(
        $"--output: '{id}' has no place on a genome (chromosome, start, end), which BED needs; name a .tsv or .csv file.");

    /// <summary>The columns; the head of the first makes the line with names a comment.</summary>
    /// <exception cref="UsageException">A row has no place on a genome.</exception>
    public static (IReadOnlyList<TableColumn> Columns, IEnumerable<IReadOnlyList<object?>> Rows) Of(
        IReadOnlyList<PredictionRow> rows, PredictionColumns table)
    {
        if (rows.FirstOrDefault(r => r.Place is null) is { } homeless)
            throw Homeless(homeless.Id);
        var further = Enumerable.Range(0, table.Columns.Count).Where(c => !places.Contains(table.Columns[c].Name)).ToList();
        TableColumn[] columns =
        [
            new("#chromosome", typeof(string)), new("start", typeof(long)), new("end", typeof(long)), new("name", typeof(string)),
            new("score", typeof(long)), new("strand", typeof(string)), new("id", typeof(string)), .. further.Select(c => table.Columns[c]),
        ];
        return (columns, rows.Select(row =>
        {
            var cells = table.Cells(row);
            var place = row.Place!;
            return (IReadOnlyList<object?>)
            [
                place.Chromosome, place.Start, place.End, row.Predicted is { } predicted ? table.Name(predicted) : row.Id,
                row.Predicted is { } chosen && chosen < row.Values.Length ? (long)MathF.Round(Most * row.Values[chosen]) : 0L,
                place.Strand.ToString(), row.Id, .. further.Select(c => cells[c]),
            ];
        }));
    }
}
