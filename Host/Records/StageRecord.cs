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

    /// <summary>
    /// On how many samples it and a model of <see cref="Comparisons"/> differ; empty where samples are neither right nor wrong.
    /// </summary>
    public IReadOnlyList<Disagreement> Disagreements { get; init; } = [];

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

    /// <summary>SHA-256 of the files it left outside a sealed folder, by their paths in the run folder.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Length of <c>metrics.jsonl</c> when the stage was done.</summary>
    public long MetricsOffset { get; init; }

    /// <summary>SHA-256 of <c>metrics.jsonl</c> up to there; null in the records of earlier versions.</summary>
    public string? MetricsSha256 { get; init; }

    /// <summary>Length of <c>timings.jsonl</c> when the stage was done.</summary>
    public long TimingsOffset { get; init; }

    /// <summary>SHA-256 of <c>timings.jsonl</c> up to there; null in the records of earlier versions.</summary>
    public string? TimingsSha256 { get; init; }

    /// <summary>The four above as one.</summary>
    [JsonIgnore]
    public LogPlace Logs
    {
        get => new(MetricsOffset, MetricsSha256, TimingsOffset, TimingsSha256);
        init => (MetricsOffset, MetricsSha256, TimingsOffset, TimingsSha256) =
            (value.Metrics, value.MetricsSha256, value.Timings, value.TimingsSha256);
    }

    /// <summary>Keeps the record durably.</summary>
    /// <exception cref="ResourceException">The disk is full or not writable.</exception>
    public void Save(string path)
    {
        Disk.Guard(path, () => Directory.CreateDirectory(Path.GetDirectoryName(path)!));
        SealedText.WriteJson(path, this);
    }

    /// <summary>The record of a finished stage, as far as it is whole.</summary>
    public static SealedReading<StageRecord> Load(string path) => SealedText.ReadJson<StageRecord>(path);

    /// <summary>Checks a table that a stage left in a run folder against the stage's record; one that lies elsewhere is as it is.</summary>
    /// <exception cref="DataException">It is not what the stage left.</exception>
    public static void RequireWhole(string file)
    {
        file = Path.GetFullPath(file);
        if (Path.GetDirectoryName(Path.GetDirectoryName(file)) is not { } run) return;
        var path = Path.Combine(run, RunFiles.Stages, Path.GetFileName(file).Split(".outputs.tsv")[0].Split(".tsv")[0] + ".json");
        if (!File.Exists(path) || !File.Exists(file)) return;
        const string Remedy = "Write it again with: host run --resume FOLDER";
        var files = Load(path).Whole(path, Remedy).Files;
        if (files.TryGetValue(Path.GetRelativePath(run, file), out var sha256) && FileSum.Of(file) != sha256)
            throw new DataException($"'{file}' is damaged (its checksum does not match that in {path}). {Remedy}");
    }

    /// <summary>What is wrong with the files it left, in a few words; null when they are whole.</summary>
    /// <param name="run">The run folder.</param>
    public string? DamageOfFiles(string run)
    {
        foreach (var (relative, sha256) in Files)
        {
            var file = Path.Combine(run, relative);
            if (!File.Exists(file)) return $"{relative} is missing";
            if (FileSum.Of(file) != sha256) return $"the checksum of {relative} does not match";
        }
        return null;
    }
}

/// <summary>How a training stage's weights were chosen on dev.</summary>
/// <param name="Metric">By which figure.</param>
/// <param name="Score">Of the best weights.</param>
/// <param name="HigherIsBetter">Whether a larger one is better.</param>
public sealed record Selection(string Metric, double Score, bool HigherIsBetter);

/// <summary>Samples that only one of two models gets right.</summary>
/// <param name="With">The other model's row.</param>
/// <param name="OnlyModel">Those that only the model gets right.</param>
/// <param name="OnlyOther">Those that only the other one does.</param>
public sealed record Disagreement(string With, int OnlyModel, int OnlyOther);

/// <summary>A confusion matrix.</summary>
/// <param name="Classes">Names.</param>
/// <param name="Counts">[true][predicted].</param>
public sealed record Confusion(IReadOnlyList<string> Classes, IReadOnlyList<IReadOnlyList<long>> Counts);
