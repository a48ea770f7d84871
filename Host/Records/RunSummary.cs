using System.Text.Json;
using System.Text.Json.Nodes;

namespace PluginHost.Host.Records;

/// <summary>Reads what a finished run left.</summary>
public static class RunSummary
{
    /// <summary>The figures of a run that is done, stage by stage; null before.</summary>
    /// <param name="run">The run folder.</param>
    public static IReadOnlyList<StageRecord>? Read(string run)
    {
        var file = Path.Combine(run, RunFiles.Summary);
        if (!File.Exists(file)) return null;
        return [.. JsonNode.Parse(File.ReadAllText(file))!["stages"]!.AsArray().Select(stage => new StageRecord
        {
            Name = (string)stage!["name"]!,
            Kind = (string)stage["kind"]!,
            Seconds = (double)stage["seconds"]!,
            Split = (string?)stage["split"],
            Mark = (string?)stage["mark"],
            Samples = (long)stage["samples"]!,
            Metrics = Figures(stage["metrics"]!),
            Comparisons = Rows(stage["comparisons"]!),
            Baselines = Rows(stage["baselines"]!),
            Selection = stage["selection"]?.Deserialize<Selection>(Json.Indented),
            Breakdowns = stage["breakdowns"]?.Deserialize<List<Breakdown>>(Json.Indented) ?? [],
            Predictions = (string?)stage["predictions"],
        })];
    }

    private static List<ResultRow> Rows(JsonNode rows) => [.. rows.AsObject().Select(r => new ResultRow(r.Key, Figures(r.Value!)))];

    private static Dictionary<string, double> Figures(JsonNode figures) => figures.Deserialize<Dictionary<string, double>>(Json.Indented)!;
}
