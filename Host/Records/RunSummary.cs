using System.Text.Json;
using System.Text.Json.Nodes;

namespace PluginHost.Host.Records;

/// <summary>Reads what a finished run left.</summary>
public static class RunSummary
{
    /// <summary>Writes what a finished run leaves.</summary>
    /// <param name="run">The run folder.</param>
    /// <param name="stages">Its stages, in order.</param>
    /// <param name="conclusions">What the figures mean, in sentences.</param>
    public static void Write(string run, IReadOnlyList<StageRecord> stages, IReadOnlyList<string> conclusions) =>
        SealedText.WriteJson(Path.Combine(run, RunFiles.Summary), new
        {
            status = "done",
            conclusions,
            stages = stages.Select(r => new
            {
                r.Name, r.Kind, r.Seconds, r.Steps, r.Split, r.Mark, r.Samples, r.Metrics,
                comparisons = r.Comparisons.ToDictionary(c => c.Name, c => c.Metrics),
                baselines = r.Baselines.ToDictionary(b => b.Name, b => b.Metrics),
                r.Disagreements, r.Selection, r.Confusion, r.Breakdowns, r.Predictions, r.Notes,
            }),
        });

    /// <summary>Whether a run is done; one whose summary is damaged has to be gone on with, which writes it anew.</summary>
    /// <param name="run">The run folder.</param>
    /// <param name="warn">Told of damage.</param>
    public static bool IsDone(string run, Action<string> warn)
    {
        var file = Path.Combine(run, RunFiles.Summary);
        if (!File.Exists(file)) return false;
        if (SealedText.ReadJson(file).Damage is not { } damage) return true;
        warn($"'{file}' is damaged ({damage}); its run is gone on with, which writes it anew.");
        return false;
    }

    /// <summary>The figures of a run that is done, stage by stage; null before.</summary>
    /// <param name="run">The run folder.</param>
    /// <exception cref="DataException">They are damaged.</exception>
    public static IReadOnlyList<StageRecord>? Read(string run)
    {
        var file = Path.Combine(run, RunFiles.Summary);
        if (!File.Exists(file)) return null;
        const string Remedy = "Write it anew with: host run --resume FOLDER";
        var summary = SealedText.ReadJson(file).Whole(file, Remedy);
        try
        {
            return [.. summary["stages"]!.AsArray().Select(stage => Record(stage!))];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            throw new DataException($"'{file}' is damaged ({failure.Message}). {Remedy}", failure);
        }
    }

    private static StageRecord Record(JsonNode stage) => new()
    {
        Name = (string)stage["name"]!,
        Kind = (string)stage["kind"]!,
        Seconds = (double)stage["seconds"]!,
        Split = (string?)stage["split"],
        Mark = (string?)stage["mark"],
        Samples = (long)stage["samples"]!,
        Metrics = Figures(stage["metrics"]!),
        Comparisons = Rows(stage["comparisons"]!),
        Baselines = Rows(stage["baselines"]!),
        Disagreements = stage["disagreements"]?.Deserialize<List<Disagreement>>(Json.Indented) ?? [],
        Selection = stage["selection"]?.Deserialize<Selection>(Json.Indented),
        Breakdowns = stage["breakdowns"]?.Deserialize<List<Breakdown>>(Json.Indented) ?? [],
        Predictions = (string?)stage["predictions"],
    };

    private static List<ResultRow> Rows(JsonNode rows) => [.. rows.AsObject().Select(r => new ResultRow(r.Key, Figures(r.Value!)))];

    private static Dictionary<string, double> Figures(JsonNode figures) => figures.Deserialize<Dictionary<string, double>>(Json.Indented)!;
}
