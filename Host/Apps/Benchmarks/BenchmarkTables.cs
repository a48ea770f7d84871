using System.Globalization;
using System.Text;

namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>The results of a benchmark as tables: one for each metric, its name in every heading.</summary>
public static class BenchmarkTables
{
    /// <summary>A row a data set; columns: models, trivial predictors, and published figures.</summary>
    /// <param name="results">The results.</param>
    /// <param name="everything">Whether each published model has a column; the best of them otherwise.</param>
    public static IReadOnlyList<ResultTable> Of(BenchmarkResults results, bool everything) =>
        [.. results.DataSets.Where(d => d.Models.Count > 0).GroupBy(d => (d.Metric, d.Scale))
            .Select(g => Table(results, g.Key.Metric, g.Key.Scale, [.. g], everything))];

    /// <summary>The tables of a benchmark of any protocol, with what pretraining did where that was asked.</summary>
    public static IEnumerable<ResultTable> All(BenchmarkResults results, bool everything) => results.Protocol == Protocol.Groups
        ? GroupTables.Of(results) : Of(results, everything).Concat(PretrainingTable.Of(results));

    /// <summary>All of it as Markdown.</summary>
    public static string Markdown(BenchmarkResults results)
    {
        var text = new StringBuilder($"# {results.Suite}{(results.Title.Length > 0 ? $": {results.Title}" : "")}\n");
        foreach (var table in All(results, everything: true))
        {
            text.Append($"\n## {table.Title}\n\n").Append(Line(table.Columns))
                .Append(CultureInfo.InvariantCulture, $"|---|{string.Concat(Enumerable.Repeat("---:|", table.Columns.Count - 1))}\n");
            foreach (var row in table.Rows) text.Append(Line(row));
            foreach (var note in table.Notes) text.Append($"\n{note}\n");
        }
        foreach (var sentence in Sentences(results)) text.Append($"\n{sentence}\n");
        foreach (var source in results.DataSets.SelectMany(d => d.Published).Select(p => $"{p.Model}: {p.Source}").Distinct()
            .Order(StringComparer.Ordinal)) text.Append($"\n- {source}");
        return text.Append('\n').ToString();
    }

    /// <summary>What was missing, what failed, and what else must be known.</summary>
    public static IEnumerable<string> Sentences(BenchmarkResults results)
    {
        if (results.Missing.Count > 0)
            yield return $"Missing from {results.Data}: {string.Join(", ", results.Missing)} ({results.Missing.Count} of "
                + $"{results.Missing.Count + results.DataSets.Count}).";
        foreach (var failure in results.Failures) yield return $"Failed: {failure.Run}: {failure.Message}";
        foreach (var note in results.Notes) yield return note;
    }

    /// <summary>A figure with its deviation over repetitions: <c>73.49 ± 1.20 (3)</c>.</summary>
    public static string Cell(Spread? spread, double scale)
    {
        if (spread is null) return "";
        var text = Figure(spread.Mean, scale);
        return spread.Deviation is { } deviation ? $"{text} ± {Figure(deviation, scale)} ({spread.Values.Count})" : text;
    }

    /// <summary>A figure in four digits.</summary>
    public static string Figure(double value, double scale) =>
        double.IsNaN(value) ? "-" : (value * scale).ToString(scale >= 100 ? "0.00" : "0.0000", CultureInfo.InvariantCulture);

    /// <summary>A metric as headings name it: <c>mcc x100</c>.</summary>
    public static string Heading(string metric, double scale) => scale == 1 ? metric
        : string.Create(CultureInfo.InvariantCulture, $"{metric} x{scale:0.###}");

    private static ResultTable Table(BenchmarkResults results, string metric, double scale, IReadOnlyList<DataSetResult> sets,
        bool everything)
    {
        var heading = Heading(metric, scale);
        string[] baselines = [.. sets.SelectMany(s => s.Baselines).Select(b => b.Name).Distinct()];
        string[] published = [.. sets.SelectMany(s => s.Published).Where(p => p.Metric == metric).Select(p => p.Model).Distinct()];
        var repeated = sets.SelectMany(s => s.Models).Any(m => m.Metrics.TryGetValue(metric, out var spread) && spread.Values.Count > 1);
        var table = new ResultTable($"{heading} on the test split{(repeated ? ", mean ± deviation (seeds)" : "")}",
        [
            "data set", "train / dev / test", "test known from training",
            .. results.Models.Select(m => $"{m}: {heading}"), .. baselines.Select(b => $"{b}: {heading}"),
            .. everything ? published.Select(p => $"{p}: {heading}, published") : published.Length > 0 ? [$"best published {heading}"]
                : (string[])[],
        ]);
        foreach (var set in sets)
            table.Add(
            [
                set.Name, string.Create(CultureInfo.InvariantCulture, $"{set.Facts.Train:N0} / {set.Facts.Dev:N0} / {set.Facts.Test:N0}"),
                    set.Facts.Leakage.ToString(),
                .. results.Models.Select(m => Cell(Of(set.Models, m, metric), scale)),
                    .. baselines.Select(b => Cell(Of(set.Baselines, b, metric), scale)),
                .. everything ? published.Select(p => Published(set, p, metric, scale)) : published.Length > 0 ? [Best(set, metric, scale)]
                    : (string[])[],
            ]);
        if (sets.Count > 1)
            Means(table, results.Models, baselines, everything ? published : [], sets, metric, scale, published.Length > 0 && !everything);
        foreach (var sentence in BelowBaseline(results.Models, sets, metric)) table.Notes.Add(sentence);
        foreach (var sentence in Undefined(results.Models, sets, metric)) table.Notes.Add(sentence);
        return table;
    }

    /// <summary>Means over the data sets that have every figure of a column's kind, so that columns compare.</summary>
    private static void Means(
        ResultTable table, IReadOnlyList<string> models, string[] baselines, string[] published, IReadOnlyList<DataSetResult> sets,
            string metric, double scale, bool oneMore)
    {
        var whole = sets.Where(s => models.All(m => Of(s.Models, m, metric) is { } own && !double.IsNaN(own.Mean))
            && baselines.All(b => Of(s.Baselines, b, metric) is { } other && !double.IsNaN(other.Mean))
            && published.All(p => s.Published.Any(f => f.Model == p && f.Metric == metric))).ToList();
        if (whole.Count < 2) return;
        table.Add(
        [
            $"mean of {whole.Count}", "", "",
            .. models.Select(m => Figure(whole.Average(s => Of(s.Models, m, metric)!.Mean), scale)),
            .. baselines.Select(b => Figure(whole.Average(s => Of(s.Baselines, b, metric)!.Mean), scale)),
            .. published.Select(p => Figure(whole.Average(s => s.Published.First(f => f.Model == p && f.Metric == metric).Value), scale)),
            .. oneMore ? [""] : (string[])[],
        ]);
    }

    /// <summary>Says plainly where a model is no better than a trivial predictor.</summary>
    private static IEnumerable<string> BelowBaseline(IReadOnlyList<string> models, IReadOnlyList<DataSetResult> sets, string metric)
    {
        foreach (var model in models)
        {
            var below = sets.Where(s => Of(s.Models, model, metric) is { } own
                && s.Baselines.Any(b => b.Metrics.TryGetValue(metric, out var spread) && spread.IsAsGoodAs(own, s.HigherIsBetter)))
                    .Select(s => s.Name)
                .ToList();
            if (below.Count > 0) yield return $"{model} is no better than a trivial predictor on: {string.Join(", ", below)}.";
        }
    }

    /// <summary>Says where a figure is undefined, with some seed or all: such a data set is in no mean, and nobody wins there.</summary>
    private static IEnumerable<string> Undefined(IReadOnlyList<string> models, IReadOnlyList<DataSetResult> sets, string metric)
    {
        foreach (var model in models)
        {
            string[] names = [.. sets.Where(s => Of(s.Models, model, metric) is { } own && double.IsNaN(own.Mean)).Select(s => s.Name)];
            if (names.Length > 0)
                yield return $"{model}: {metric} is undefined (-) on {string.Join(", ", names)}, where the truths of test, or "
                    + "what the model "
                    + $"says of them, do not differ; {(names.Length == 1 ? "it is" : "they are")} left out of means.";
        }
    }

    private static Spread? Of(IReadOnlyList<ScoredRow> rows, string name, string metric) =>
        rows.FirstOrDefault(r => r.Name == name)?.Metrics.GetValueOrDefault(metric);

    private static string Published(DataSetResult set, string model, string metric, double scale) =>
        set.Published.FirstOrDefault(p => p.Model == model && p.Metric == metric) is not { } found ? ""
            : found.Deviation is { } deviation ? $"{Figure(found.Value, scale)} ± {Figure(deviation, scale)}" : Figure(found.Value, scale);

    private static string Best(DataSetResult set, string metric, double scale) =>
        set.Published.Where(p => p.Metric == metric).MaxBy(p => p.Value) is { } best ? $"{Figure(best.Value, scale)} {best.Model}" : "";

    private static string Line(IEnumerable<string> cells) =>
        $"| {string.Join(" | ", cells.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal)))} |\n";
}
