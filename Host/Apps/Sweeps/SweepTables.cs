using System.Globalization;
using PluginHost.Host.Pipelines.Sweeps;
using PluginHost.Host.Records;

namespace PluginHost.Host.Apps.Sweeps;

/// <summary>The figures of several runs as tables, one a stage.</summary>
public static class SweepTables
{
    private const int MostChoices = 20;

    /// <summary>
    /// One table for each stage that has figures. Rows: the runs, and after runs that differ only in seed or fold their mean
    /// and deviation; then trivial predictors, those that are the same for all once.
    /// </summary>
    public static IReadOnlyList<ResultTable> Of(IReadOnlyList<FinishedRun> runs) =>
        [.. runs.SelectMany(r => r.Stages).Where(s => s.Metrics.Count > 0).Select(s => s.Name).Distinct()
            .Select(stage => Table(stage, runs))];

    /// <summary>A table as Markdown.</summary>
    public static string Markdown(ResultTable table)
    {
        var lines = new List<string> { $"## {table.Title}", "", Line(table.Columns),
            $"|---|{string.Concat(Enumerable.Repeat("---:|", table.Columns.Count - 1))}" };
        lines.AddRange(table.Rows.Select(Line));
        if (table.Notes.Count > 0) lines.AddRange(["", .. table.Notes]);
        return string.Join('\n', lines) + "\n";
        static string Line(IReadOnlyList<string> cells) =>
            $"| {string.Join(" | ", cells.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal)))} |";
    }

    private static ResultTable Table(string stage, IReadOnlyList<FinishedRun> runs)
    {
        var groups = SweepGroup.Of(runs.Where(r => r.Stages.Any(s => s.Name == stage)));
        StageRecord Record(FinishedRun run) => run.Stages.First(s => s.Name == stage);
        var records = groups.SelectMany(g => g.Runs).Select(Record).ToList();
        var metrics = records.SelectMany(r => r.Metrics.Keys).Distinct().ToList();
        var table = new ResultTable($"{stage}: {(records.Find(r => r.Mark is not null) ?? records[0]).SplitShown}",
            ["", .. metrics, "seconds"]);
        foreach (var group in groups)
        {
            foreach (var run in group.Runs)
                table.Add([run.Label, .. Cells(Record(run).Metrics), Record(run).Seconds.ToString("0", CultureInfo.InvariantCulture)]);
            if (group.Runs.Count == 1) continue;
            var (mean, deviation) = SweepGroup.Spread([.. group.Runs.Select(r => Record(r).Metrics)]);
            var start = group.Label.Length == 0 ? "" : group.Label + ": ";
            table.Add([$"{start}mean of {group.Runs.Count}", .. Cells(mean), ""]);
            table.Add([$"{start}deviation", .. Cells(deviation), ""]);
        }
        foreach (var same in groups.SelectMany(g => Others(g, Record))
            .Select(o => (o.Row, o.Group, Cells: string.Join('\t', Cells(o.Figures)))).GroupBy(o => (o.Row, o.Cells)))
            table.Add([same.Count() == groups.Count ? same.Key.Row : $"{same.Key.Row} ({string.Join("; ", same.Select(o => o.Group))})",
                .. same.Key.Cells.Split('\t'), ""]);
        foreach (var sentence in Choices(groups, Record)) table.Notes.Add(sentence);
        return table;
        IEnumerable<string> Cells(IReadOnlyDictionary<string, double> figures) => metrics.Select(m =>
            !figures.TryGetValue(m, out var value) ? "" : double.IsNaN(value) ? "-"
                : value.ToString("0.0000", CultureInfo.InvariantCulture));
    }

    /// <summary>Comparisons and trivial predictors of a group: their figures, or mean and deviation where its runs differ.</summary>
    private static IEnumerable<(string Row, string Group, IReadOnlyDictionary<string, double> Figures)> Others(SweepGroup group,
        Func<FinishedRun, StageRecord> record)
    {
        var rows = group.Runs.Select(record).SelectMany(r => r.Comparisons.Concat(r.Baselines)).GroupBy(r => r.Name);
        foreach (var row in rows)
        {
            var figures = row.Select(r => r.Metrics).ToList();
            var differ = figures.Any(f => !f.OrderBy(x => x.Key).SequenceEqual(figures[0].OrderBy(x => x.Key)));
            if (!differ)
            {
                yield return (row.Key, group.Label, figures[0]);
                continue;
            }
            var (mean, deviation) = SweepGroup.Spread(figures);
            yield return ($"{row.Key}: mean of {figures.Count}", group.Label, mean);
            yield return ($"{row.Key}: deviation", group.Label, deviation);
        }
    }

    /// <summary>Which values of a grid did best on dev; test is never chosen on, and figures of two kinds are never compared.</summary>
    private static IEnumerable<string> Choices(IReadOnlyList<SweepGroup> groups, Func<FinishedRun, StageRecord> record)
    {
        var scored = groups.Where(g => g.Factors.Any(f => f.Kind == FactorKind.Grid))
            .Select(g => (Group: g, Selections: g.Runs.Select(r => record(r).Selection).ToList())).ToList();
        foreach (var rivals in scored.GroupBy(s => string.Join(", ", s.Group.Factors.Where(f => f.Kind != FactorKind.Grid)))
            .Where(r => r.Any(s => s.Selections.Any(x => x is not null))).Take(MostChoices))
        {
            var all = rivals.SelectMany(r => r.Selections).ToList();
            var of = rivals.Key.Length == 0 ? "" : $" ({rivals.Key})";
            if (all.Exists(s => s is null || double.IsNaN(s.Score)) || all.DistinctBy(s => s!.Metric).Count() > 1)
            {
                yield return $"None is named best on dev{of}: the figure to choose by was undefined in some of the runs, which "
                    + "were chosen by "
                    + $"{string.Join(" and ", all.Select(s => s?.Metric ?? "none").Distinct())}. Give dev samples that differ, or name "
                    + "another figure in train.selectBy.";
                continue;
            }
            var selection = all[0]!;
            var means = rivals.Select(r => (r.Group, Score: r.Selections.Average(s => s!.Score))).ToList();
            var (best, score) = selection.HigherIsBetter ? means.MaxBy(s => s.Score) : means.MinBy(s => s.Score);
            yield return string.Create(CultureInfo.InvariantCulture,
                $"Best on dev by {selection.Metric}{of}: {string.Join(", ", best.Factors.Where(f => f.Kind == FactorKind.Grid))}, "
                    + $"{(best.Runs.Count > 1 ? $"mean of {best.Runs.Count} " : "")}{score:0.0000}.");
        }
    }
}
