using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Records;

/// <summary>Writes <c>report.html</c>: one file without outside assets, readable in light and dark.</summary>
public static class Report
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1b1f24; --soft: #5b6570; --line: #d8dde3; --page: #ffffff; --heat: 31 111 235; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8ecf1; --soft: #9aa5b1; --line: #333b44; --page: #12161b;
          --heat: 88 166 255; } }
        body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page);
          max-width: 860px; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; border-bottom: 1px solid var(--line); }
        table { border-collapse: collapse; margin: 0.8rem 0; }
        th, td { padding: 0.25rem 0.8rem; border-bottom: 1px solid var(--line); text-align: right; }
        th:first-child, td:first-child { text-align: left; } .soft { color: var(--soft); }
        pre { overflow-x: auto; border: 1px solid var(--line); padding: 0.8rem; font-size: 13px; }
        svg { width: 100%; height: auto; } svg text { fill: var(--soft); font-size: 12px; } .grid { stroke: var(--line); }
        .line { fill: none; stroke-width: 1.8; }
        .line.s0 { stroke: #1f6feb; } .line.s1 { stroke: #d9730d; } .line.s2 { stroke: #2da44e; } .line.s3 { stroke: #8250df; }
        .dot.s0 { fill: #1f6feb; } .dot.s1 { fill: #d9730d; } .dot.s2 { fill: #2da44e; } .dot.s3 { fill: #8250df; }
        """;

    /// <summary>Writes the report of a run.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="name">The pipeline's name.</param>
    /// <param name="stages">What the stages left.</param>
    /// <param name="conclusions">Sentences that say what the figures mean.</param>
    public static void Write(RunFolder folder, string name, IReadOnlyList<StageRecord> stages, IReadOnlyList<string> conclusions)
    {
        var html = new StringBuilder();
        html.Append($"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
            + $"content=\"width=device-width\"><title>{Text(name)}</title><style>{Style}</style></head><body>\n");
        html.Append($"<h1>{Text(name)}</h1><p class=\"soft\">{Text(folder.Path)}</p>\n");
        foreach (var sentence in conclusions) html.Append($"<p>{Text(sentence)}</p>\n");
        foreach (var stage in stages) Stage(html, folder, stage);
        foreach (var (title, file) in ((string, string)[])[("Pipeline", RunFiles.Pipeline), ("Run", RunFiles.Run)])
            if (File.Exists(folder.Of(file))) Section(html, title, File.ReadAllText(folder.Of(file)));
        html.Append("</body></html>\n");
        Disk.WriteAtomically(folder.Of(RunFiles.Report), html.ToString());
    }

    private static void Stage(StringBuilder html, RunFolder folder, StageRecord stage)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(stage.Name)} <span class=\"soft\">{stage.Kind}, {stage.Seconds:0.0} "
            + $"s{(stage.Steps is { } steps ? $", {steps:N0} steps" : "")}</span></h2>\n");
        html.Append(LossChart.Svg($"Loss of {stage.Name}", Curves(folder.Of(RunFiles.Metrics), stage.Name)));
        if (stage.Metrics.Count > 0)
        {
            html.Append($"<p class=\"soft\">Scored on {stage.Samples:N0} samples of the {Text(stage.SplitShown)}.</p><table><tr><th></th>");
            foreach (var metric in stage.Metrics.Keys) html.Append($"<th>{Text(metric)}</th>");
            html.Append("</tr>");
            foreach (var row in (IEnumerable<ResultRow>)[new("model", stage.Metrics), .. stage.Comparisons, .. stage.Baselines])
            {
                html.Append($"<tr><td>{Text(row.Name)}</td>");
                foreach (var metric in stage.Metrics.Keys)
                    html.Append($"<td>{(row.Metrics.TryGetValue(metric, out var value) ? Figure(value) : "")}</td>");
                html.Append("</tr>");
            }
            html.Append("</table>\n");
        }
        if (stage.Confusion is { } confusion) Matrix(html, confusion);
        foreach (var breakdown in stage.Breakdowns) Groups(html, breakdown);
        foreach (var note in stage.Notes) html.Append($"<p class=\"soft\">{Text(note)}</p>\n");
    }

    private static void Matrix(StringBuilder html, Confusion confusion)
    {
        html.Append("<table><tr><th>true \\ predicted</th>");
        foreach (var name in confusion.Classes) html.Append($"<th>{Text(name)}</th>");
        html.Append("</tr>");
        for (var t = 0; t < confusion.Classes.Count; t++)
        {
            var total = Math.Max(1, confusion.Counts[t].Sum());
            html.Append($"<tr><td>{Text(confusion.Classes[t])}</td>");
            foreach (var count in confusion.Counts[t])
                html.Append(CultureInfo.InvariantCulture,
                    $"<td style=\"background: rgb(var(--heat) / {0.55 * count / total:0.###})\">{count:N0}</td>");
            html.Append("</tr>");
        }
        html.Append("</table>\n");
    }

    private static void Groups(StringBuilder html, Breakdown breakdown)
    {
        var metrics = breakdown.Rows.SelectMany(r => r.Metrics.Keys).Distinct().ToList();
        html.Append($"<p class=\"soft\">By {Text(breakdown.By)}</p><table><tr><th></th><th>samples</th>");
        foreach (var metric in metrics) html.Append($"<th>{Text(metric)}</th>");
        html.Append("</tr>");
        foreach (var row in breakdown.Rows)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(row.Group)}</td><td>{row.Samples:N0}</td>");
            foreach (var metric in metrics)
                html.Append($"<td>{(row.Metrics.TryGetValue(metric, out var value) ? Figure(value) : "")}</td>");
            html.Append("</tr>");
        }
        html.Append("</table>\n");
    }

    private static List<ChartSeries> Curves(string metricsFile, string stage)
    {
        List<(double, double)> train = [], dev = [];
        foreach (var line in File.ReadLines(metricsFile))
        {
            if (Record(line) is not { } root) continue;
            if (root.GetProperty("stage").GetString() != stage || !root.TryGetProperty("step", out var at)) continue;
            var step = at.GetDouble();
            if (root.TryGetProperty("loss", out var loss) && loss.ValueKind == JsonValueKind.Number) train.Add((step, loss.GetDouble()));
            else if (root.TryGetProperty("metrics", out var metrics) && metrics.TryGetProperty("loss", out var devLoss)
                && devLoss.ValueKind == JsonValueKind.Number)
                dev.Add((step, devLoss.GetDouble()));
        }
        List<ChartSeries> series = [];
        if (train.Count > 0) series.Add(new ChartSeries("training loss", train, Marked: false));
        if (dev.Count > 0) series.Add(new ChartSeries("dev loss", dev, Marked: true));
        return series;
    }

    /// <summary>A line of the log, or null where damage left none that can be read.</summary>
    private static JsonElement? Record(string line)
    {
        try
        {
            using var record = JsonDocument.Parse(line);
            return record.RootElement.ValueKind == JsonValueKind.Object && record.RootElement.TryGetProperty("stage", out _)
                ? record.RootElement.Clone() : null;
        }
        catch (JsonException) { return null; }
    }

    private static void Section(StringBuilder html, string title, string body) => html.Append($"<h2>{title}</h2><pre>{Text(body)}</pre>\n");

    private static string Figure(double value) => double.IsNaN(value) ? "-" : value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
