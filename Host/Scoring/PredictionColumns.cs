using System.Globalization;
using PluginHost.Libs.Files.Tables;

namespace PluginHost.Host.Scoring;

/// <summary>
/// The columns of a table of predictions: only those that some row fills. Whoever reads such tables goes by their names; a label stands
/// before what is predicted.
/// </summary>
public sealed class PredictionColumns
{
    /// <summary>What a figure stands for that says nothing of the sequence's DNA.</summary>
    public const string Note = "note";

    private readonly List<(TableColumn Column, Func<PredictionRow, object?> Cell)> columns = [];
    private readonly IReadOnlyList<string> outputs;

    /// <param name="rows">All rows of the table.</param>
    /// <param name="outputs">Names of classes or outputs, axis C.</param>
    public PredictionColumns(IReadOnlyList<PredictionRow> rows, IReadOnlyList<string> outputs)
    {
        this.outputs = outputs;
        Add("id", row => row.Id);
        if (rows.Any(r => r.File is not null)) Add("file", row => row.File ?? "");
        AddPlaces(rows);
        if (rows.Any(r => r.Note is not null)) Add(Note, row => row.Note ?? "");
        if (rows.Any(r => Label(r) is not null)) Add("label", Label);
        var classes = rows.Any(r => r.Predicted is not null);
        if (classes) Add("predicted", row => row.Predicted is { } predicted ? Name(predicted) : null);
        var width = rows.Count > 0 ? rows[0].Values.Length : outputs.Count;
        for (var c = 0; c < width; c++)
        {
            var place = c;
            columns.Add((new($"{(classes ? "p_" : "")}{Name(c)}", typeof(float)), row => row.Values[place]));
        }
        if (rows.Any(r => r.Losses.Count > 0)) AddLosses(rows);
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<TableColumn> Columns => [.. columns.Select(c => c.Column)];

    /// <summary>The cells of a row.</summary>
    public IReadOnlyList<object?> Cells(PredictionRow row)
    {
        var cells = new object?[columns.Count];
        for (var c = 0; c < cells.Length; c++) cells[c] = columns[c].Cell(row);
        return cells;
    }

    /// <summary>A class or output by name.</summary>
    public string Name(int c) => c < outputs.Count ? outputs[c] : c.ToString(CultureInfo.InvariantCulture);

    /// <summary>A row's label, several truths joined by semicolons; null where it is not known.</summary>
    public string? Label(PredictionRow row) => row.Targets is { Length: > 0 } targets && (row.Label is null || targets.Length > 1)
        ? string.Join(';', targets.Select(t => t.ToString("R", CultureInfo.InvariantCulture)))
        : row.Label ?? (row.Span is not null && row.Truth >= 0 ? Name(row.Truth.Value) : null);

    private void Add(string name, Func<PredictionRow, string?> cell) => columns.Add((new(name, typeof(string)), cell));

    private void AddPlaces(IReadOnlyList<PredictionRow> rows)
    {
        var places = rows.Any(r => r.IsPlaced);
        if (!places && rows.All(r => r.Span is null)) return;
        if (places) Add("chromosome", row => row.Place?.Chromosome ?? "");
        columns.Add((new("start", typeof(long)), row => row.Place?.Start ?? row.Span?.Start));
        columns.Add((new("end", typeof(long)), row => row.Place?.End ?? row.Span?.End));
        if (places) Add("strand", row => row.Place?.Strand.ToString() ?? "");
    }

    /// <summary>What is minimised, over how many tokens, and the other terms where there are any: each a mean and its count.</summary>
    private void AddLosses(IReadOnlyList<PredictionRow> rows)
    {
        var names = rows.SelectMany(r => r.Losses).Select(l => l.Name).Distinct().ToList();
        var minimised = rows.SelectMany(r => r.Losses).Where(l => l.Weight != 0).Select(l => l.Name).Distinct().ToList();
        var first = minimised.FirstOrDefault() ?? names[0];
        columns.Add((new("loss", typeof(double)), row => Total(row)));
        columns.Add((new("tokens", typeof(long)), row => Term(row, first)?.Count));
        columns.Add((new("perplexity", typeof(double)), row => Mean(row, first) is { } mean ? Math.Exp(mean) : null));
        foreach (var name in names.Where(n => n != first || minimised.Count > 1))
        {
            columns.Add((new(name, typeof(double)), row => Mean(row, name)));
            columns.Add((new($"{name}-count", typeof(long)), row => Term(row, name)?.Count));
        }
    }

    private static ScoredLoss? Term(PredictionRow row, string name) => row.Losses.FirstOrDefault(l => l.Name == name);

    private static double? Mean(PredictionRow row, string name) =>
        Term(row, name) is { Count: > 0 } term ? term.Sum / term.Count : null;

    private static double? Total(PredictionRow row)
    {
        var terms = row.Losses.Where(l => l is { Weight: not 0, Count: > 0 }).ToList();
        return terms.Count == 0 ? null : terms.Sum(l => l.Weight * l.Sum / l.Count);
    }
}
