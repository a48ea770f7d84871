using System.Text.Json.Serialization;
using PluginHost.Host.Batches;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Records;

namespace PluginHost.Host.Training;

/// <summary>
/// Where training stands between two steps: with the weights and the optimizer's moments, all that a resumed run needs to equal an
/// uninterrupted one bit for bit.
/// </summary>
/// <remarks>
/// Random numbers need no state of their own: every draw is a function of the run's seed and of the step or sample it is for.
/// </remarks>
public sealed record TrainState
{
    /// <summary>Optimizer steps taken.</summary>
    public long Step { get; set; }

    /// <summary>The next micro-batch.</summary>
    public BatchPosition Position { get; set; }

    /// <summary>Epochs seen, with the fraction of the current one.</summary>
    public double Epoch { get; set; }

    /// <summary>Step of the last evaluation; -1 before the first.</summary>
    public long EvaluatedStep { get; set; } = -1;

    /// <summary>Step whose weights scored best on dev; -1 before the first evaluation.</summary>
    public long BestStep { get; set; } = -1;

    /// <summary>That score.</summary>
    public double BestScore { get; set; } = double.NaN;

    /// <summary>The figure it is of: the one to select by, or the loss while that one is undefined; null before the first.</summary>
    public string? SelectedBy { get; set; }

    /// <summary>Evaluations in which the figure to select by was undefined.</summary>
    public int Undefined { get; set; }

    /// <summary>Evaluations in a row that were no better.</summary>
    public int Stale { get; set; }

    /// <summary>Losses of the steps since the last logged line, oldest first.</summary>
    public List<double> PendingLosses { get; set; } = [];

    /// <summary>Tokens that are not padding, all steps.</summary>
    public long RealTokens { get; set; }

    /// <summary>All positions computed, all steps.</summary>
    public long Tokens { get; set; }

    /// <summary>What encoding lost, all steps.</summary>
    public EncodingTally Tally { get; set; } = new();

    /// <summary>Length of <c>metrics.jsonl</c>.</summary>
    public long MetricsOffset { get; set; }

    /// <summary>SHA-256 of <c>metrics.jsonl</c> up to there; null in the checkpoints of earlier versions.</summary>
    public string? MetricsSha256 { get; set; }

    /// <summary>Length of <c>timings.jsonl</c>.</summary>
    public long TimingsOffset { get; set; }

    /// <summary>SHA-256 of <c>timings.jsonl</c> up to there; null in the checkpoints of earlier versions.</summary>
    public string? TimingsSha256 { get; set; }

    /// <summary>The four above as one.</summary>
    [JsonIgnore]
    public LogPlace Logs
    {
        get => new(MetricsOffset, MetricsSha256, TimingsOffset, TimingsSha256);
        set => (MetricsOffset, MetricsSha256, TimingsOffset, TimingsSha256) =
            (value.Metrics, value.MetricsSha256, value.Timings, value.TimingsSha256);
    }

    /// <summary>Numbers that the stage trains; known at its end.</summary>
    public long TrainedWeights { get; set; }

    /// <summary>Wall-clock seconds spent; differs from run to run.</summary>
    public double Seconds { get; set; }

    /// <summary>The step whose weights the stage hands on.</summary>
    public long HandedOn(TrainOptions options) => options.KeepBest && BestStep >= 0 ? BestStep : Step;
}
