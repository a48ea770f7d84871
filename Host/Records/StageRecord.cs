using System.Text.Json;
using System.Text.Json.Serialization;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Records;

/// <summary>The figures of one row of a result: the model, a comparison or a baseline.</summary>
/// <param name="Name">What the row is called.</param>
/// <param name="Metrics">Figures by metric name.</param>
public sealed record ResultRow(string Name, IReadOnlyDictionary<string, double> Metrics);

/// <summary>What a finished stage leaves for the stages after it, for the summary and for a resumed run.</summary>
public sealed record StageRecord
{
    /// <summary>The stage's name; <c>NAME from random weights</c> for a comparison.</summary>
    public required string Name { get; init; }

    /// <summary>pretrain, finetune, evaluate or predict.</summary>
    public required string Kind { get; init; }

    /// <summary>Wall-clock seconds of all attempts.</summary>
    public double Seconds { get; init; }

    /// <summary>Split the figures are on: dev, test or train.</summary>
    public string? Split { get; init; }

    /// <summary>What stands beside the split where all its samples were trained on; null elsewhere.</summary>
    public string? Mark { get; init; }

    /// <summary>The split, with its mark.</summary>
    [JsonIgnore]
    public string SplitShown => Mark is null ? $"{Split} split" : $"{Split} split, {Mark}";

    /// <summary>Samples the figures are on.</summary>
    public long Samples { get; init; }

    /// <summary>Optimizer steps taken.</summary>
    public long? Steps { get; init; }

    /// <summary>Final figures.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>The same figures of models trained otherwise.</summary>
    public IReadOnlyList<ResultRow> Comparisons { get; init; } = [];

    /// <summary>The same figures of trivial predictors.</summary>
    public IReadOnlyList<ResultRow> Baselines { get; init; } = [];

    /// <summary>What the handed-on weights were chosen by; null where there is no dev split.</summary>
    public Selection? Selection { get; init; }

    /// <summary>True class by predicted class, with the class names; null for objectives without classes.</summary>
    public Confusion? Confusion { get; init; }

    /// <summary>The same figures group by group: by class, by length, by fields of the data.</summary>
    public IReadOnlyList<Breakdown> Breakdowns { get; init; } = [];

    /// <summary>Checkpoint folder whose weights the stage hands on.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>File a table of predictions was written to, relative to the run folder.</summary>
    public string? Predictions { get; init; }

    /// <summary>What was counted and decided, for the user.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What the figures mean, in sentences.</summary>
    public IReadOnlyList<string> Conclusions { get; init; } = [];

    /// <summary>Length of <c>metrics.jsonl</c> when the stage was done.</summary>
    public long MetricsOffset { get; init; }

    /// <summary>Length of <c>timings.jsonl</c> when the stage was done.</summary>
    public long TimingsOffset { get; init; }

    /// <summary>Keeps the record durably.</summary>
    public void Save(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Disk.WriteAtomically(path, JsonSerializer.Serialize(this, Json.Indented) + "\n");
    }

    /// <summary>The record of a finished stage, or null.</summary>
    public static StageRecord? Load(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<StageRecord>(File.ReadAllBytes(path), Json.Indented) : null;
}

/// <summary>How a training stage's weights were chosen on dev.</summary>
/// <param name="Metric">By which figure.</param>
/// <param name="Score">Of the best weights.</param>
/// <param name="HigherIsBetter">Whether a larger one is better.</param>
public sealed record Selection(string Metric, double Score, bool HigherIsBetter);

/// <summary>A confusion matrix.</summary>
/// <param name="Classes">Names.</param>
/// <param name="Counts">[true][predicted].</param>
public sealed record Confusion(IReadOnlyList<string> Classes, IReadOnlyList<IReadOnlyList<long>> Counts);
