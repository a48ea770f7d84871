using System.Globalization;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Runs;
using PluginHost.Host.Terminal;

namespace PluginHost.Host.Stages;

/// <summary>Runs the variants of a pipeline one after the other and shows their figures in one table a stage.</summary>
/// <param name="runner">Runs one.</param>
/// <param name="view">What the person watching sees.</param>
public sealed class ComparedRuns(IPipelineRunner runner, IRunView view)
{
    /// <summary>Runs what is not done yet.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="variants">The pipelines.</param>
    /// <param name="device">As in <see cref="RunRequest"/>.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    /// <returns>The exit code: that of the first run that did not end well, or 0.</returns>
    public async Task<int> RunAsync(ComparisonFolder folder, IReadOnlyList<Variant> variants, string device, CancellationToken cancellation)
    {
        for (var i = 0; i < variants.Count; i++)
        {
            var (name, pipeline) = variants[i];
            var run = folder.RunOf(name);
            if (folder.Results(name) is not null)
            {
                view.Say($"Variant {name} ({i + 1} of {variants.Count}) is done already.");
                continue;
            }
            view.Say($"Variant {name} ({i + 1} of {variants.Count})");
            var request = folder.IsStarted(name) ? new RunRequest(null, device, run) : new RunRequest(run, device, null);
            var code = await runner.RunAsync(pipeline, request, cancellation);
            if (code == 0) continue;
            view.Say($"Go on with all variants by: host run --resume {folder.Path}");
            return code;
        }
        Show(folder, variants);
        return 0;
    }

    private void Show(ComparisonFolder folder, IReadOnlyList<Variant> variants)
    {
        var tables = Tables([.. variants.Select(v => (v.Name, folder.Results(v.Name)!))]);
        foreach (var table in tables) view.Table(table);
        folder.Write(string.Join("\n", tables.Select(Markdown)));
        view.Result($"Folder of all runs: {folder.Path}");
    }

    /// <summary>One table for each stage that has figures. Rows: the variants, then their trivial predictors; those that are the same for all stand once.</summary>
    public static IReadOnlyList<ResultTable> Tables(IReadOnlyList<(string Name, IReadOnlyList<StageRecord> Stages)> runs)
    {
        var tables = new List<ResultTable>();
        foreach (var stage in runs.SelectMany(r => r.Stages).Where(s => s.Metrics.Count > 0).Select(s => s.Name).Distinct())
        {
            var records = runs.Select(r => (r.Name, Record: r.Stages.FirstOrDefault(s => s.Name == stage))).Where(r => r.Record is not null).ToList();
            var metrics = records.SelectMany(r => r.Record!.Metrics.Keys).Distinct().ToList();
            var table = new ResultTable($"{stage}: {records[0].Record!.Split} split", ["", .. metrics, "seconds"]);
            foreach (var (name, record) in records)
                table.Add([name, .. Cells(record!.Metrics), record.Seconds.ToString("0", CultureInfo.InvariantCulture)]);
            var others = records.SelectMany(r => r.Record!.Comparisons.Concat(r.Record.Baselines).Select(row => (r.Name, Row: row.Name, Cells: string.Join('\t', Cells(row.Metrics))))).ToList();
            foreach (var group in others.GroupBy(o => (o.Row, o.Cells)))
                table.Add([group.Count() == records.Count ? group.Key.Row : $"{group.Key.Row} ({string.Join(", ", group.Select(o => o.Name))})", .. group.Key.Cells.Split('\t'), ""]);
            tables.Add(table);
            IEnumerable<string> Cells(IReadOnlyDictionary<string, double> figures) => metrics.Select(m =>
                !figures.TryGetValue(m, out var value) ? "" : double.IsNaN(value) ? "-" : value.ToString("0.0000", CultureInfo.InvariantCulture));
        }
        return tables;
    }

    /// <summary>A table as Markdown, under its title.</summary>
    public static string Markdown(ResultTable table)
    {
        var lines = new List<string> { $"## {table.Title}", "", Line(table.Columns), $"|---|{string.Concat(Enumerable.Repeat("---:|", table.Columns.Count - 1))}" };
        lines.AddRange(table.Rows.Select(Line));
        return string.Join('\n', lines) + "\n";
        static string Line(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal)))} |";
    }
}
