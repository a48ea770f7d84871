using System.Globalization;
using PluginHost.Host.Records;

namespace PluginHost.Host.Apps.Sweeps;

/// <summary>The figures of a sweep as files.</summary>
public static class SweepFiles
{
    /// <summary>A line a run, stage and row (the model, comparisons, trivial predictors): every figure in full.</summary>
    public static string Csv(IReadOnlyList<FinishedRun> runs)
    {
        var factors = runs.SelectMany(r => r.Factors.Select(f => f.Name)).Distinct().ToList();
        var metrics = runs.SelectMany(r => r.Stages).SelectMany(s => s.Metrics.Keys).Distinct().ToList();
        var lines = new List<string> { Line(["run", .. factors, "stage", "split", "samples", "row", .. metrics, "seconds"]) };
        foreach (var run in runs)
            foreach (var stage in run.Stages.Where(s => s.Metrics.Count > 0))
                foreach (var row in (IEnumerable<ResultRow>)[new("model", stage.Metrics), .. stage.Comparisons, .. stage.Baselines])
                    lines.Add(Line([
                        run.Name, .. factors.Select(f => run.Factors.FirstOrDefault(x => x.Name == f)?.Value ?? ""), stage.Name,
                            stage.Split ?? "",
                        stage.Samples.ToString(CultureInfo.InvariantCulture), row.Name,
                        .. metrics.Select(m => row.Metrics.TryGetValue(m, out var value)
                            ? value.ToString("R", CultureInfo.InvariantCulture) : ""),
                        row.Name == "model" ? stage.Seconds.ToString("0.###", CultureInfo.InvariantCulture) : "",
                    ]));
        return string.Concat(lines);
    }

    /// <summary>Means, deviations and figures of each run, stage by stage.</summary>
    public static object Summary(IReadOnlyList<FinishedRun> runs, bool done) => new
    {
        status = done ? "done" : "incomplete",
        stages = runs.SelectMany(r => r.Stages).Where(s => s.Metrics.Count > 0).Select(s => s.Name).Distinct().Select(stage => new
        {
            name = stage,
            groups = SweepGroup.Of(runs.Where(r => r.Stages.Any(s => s.Name == stage))).Select(group => Group(group, stage)),
        }),
    };

    private static object Group(SweepGroup group, string stage)
    {
        var records = group.Runs.Select(r => (r.Name, Record: r.Stages.First(s => s.Name == stage))).ToList();
        var (mean, deviation) = SweepGroup.Spread([.. records.Select(r => r.Record.Metrics)]);
        return new
        {
            name = group.Label,
            factors = group.Factors.ToDictionary(f => f.Name, f => f.Value),
            split = records[0].Record.Split,
            count = records.Count,
            mean,
            deviation = records.Count > 1 ? deviation : null,
            runs = records.ToDictionary(r => r.Name, r => r.Record.Metrics),
        };
    }

    private static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\n";

    private static string Cell(string text) => text.AsSpan().ContainsAny("\",\r\n")
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
