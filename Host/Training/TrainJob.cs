using PluginHost.Host.Evaluation;
using PluginHost.Host.Runs;
using PluginHost.Host.Terminal;

namespace PluginHost.Host.Training;

/// <summary>Everything one training stage works with.</summary>
public sealed record TrainJob
{
    /// <summary>What it is called in logs and in the checkpoint folder.</summary>
    public required string Name { get; init; }

    /// <summary>Names its random streams: a comparison shares those of the stage it is compared with, so that only the initial weights differ.</summary>
    public required string Stream { get; init; }

    /// <summary>The pipeline's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The stage's <c>train:</c>.</summary>
    public required TrainOptions Options { get; init; }

    /// <summary>Makes its optimizer.</summary>
    public required IOptimizerFactory Optimizer { get; init; }

    /// <summary>Says how its learning rate goes.</summary>
    public required ISchedule Schedule { get; init; }

    /// <summary>Are told what is logged.</summary>
    public RunObservers Observers { get; init; } = RunObservers.None;

    /// <summary>The model, on its device.</summary>
    public required TaskModel Model { get; init; }

    /// <summary>Makes batches and losses.</summary>
    public required IObjective Objective { get; init; }

    /// <summary>The pipeline's tokenizer.</summary>
    public required ITokenizer Tokenizer { get; init; }

    /// <summary>The training split.</summary>
    public required ISampleSource Train { get; init; }

    /// <summary>The dev split, scored while training; null when there is none.</summary>
    public ISampleSource? Dev { get; init; }

    /// <summary>Makes fresh metrics for an evaluation on dev.</summary>
    public required Func<MetricSet> Metrics { get; init; }

    /// <summary>The dev metric models are chosen by.</summary>
    public required string SelectBy { get; init; }

    /// <summary>Whether a larger one is better.</summary>
    public required bool HigherIsBetter { get; init; }

    /// <summary>Device and number format.</summary>
    public required Compute Compute { get; init; }

    /// <summary>Where lines are logged.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>Length of <c>metrics.jsonl</c> where the stage begins.</summary>
    public required long MetricsStart { get; init; }

    /// <summary>Length of <c>timings.jsonl</c> where the stage begins.</summary>
    public required long TimingsStart { get; init; }

    /// <summary>Where checkpoints go.</summary>
    public required CheckpointStore Checkpoints { get; init; }

    /// <summary>What the person watching sees.</summary>
    public required IRunView View { get; init; }

    /// <summary>The training batches, from the start each time it is asked for.</summary>
    public StageBatches Batches() => new(Train, Tokenizer, Objective, Model, Options, Streams.Seed(Seed, $"{Stream}/batches"));

    /// <summary>Scoring of the dev split, always with the same draws.</summary>
    public ScoringJob DevScoring => Scoring(Dev!, "dev", Options.EvaluateSamples);

    /// <summary>Scoring of a split with this stage's model.</summary>
    /// <param name="source">The split.</param>
    /// <param name="split">Its name, for the random stream.</param>
    /// <param name="limit">Most samples; 0 means all.</param>
    public ScoringJob Scoring(ISampleSource source, string split, long limit) => new()
    {
        Model = Model, Objective = Objective, Tokenizer = Tokenizer, Source = source, Compute = Compute,
        Seed = Streams.Seed(Seed, $"score/{split}"), Limit = limit,
        BatchTokens = Options.BatchTokens, BatchSize = Options.BatchSize, TooLong = Options.TooLong, Workers = Options.Workers,
    };
}
