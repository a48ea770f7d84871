using PluginHost.Host.Batches;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Records;
using PluginHost.Host.Training.Observers;

namespace PluginHost.Host.Training;

/// <summary>Everything one training stage works with.</summary>
public sealed record TrainJob
{
    /// <summary>What it is called in logs and in the checkpoint folder.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Names its random streams: a comparison shares those of the stage it is compared with, so that only the initial weights differ.
    /// </summary>
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

    /// <summary>Makes batches.</summary>
    public required BatchRecipe Recipe { get; init; }

    /// <summary>The training split.</summary>
    public required ISampleSource Train { get; init; }

    /// <summary>Scores the model on the dev split, always with the same draws; null when there is none.</summary>
    public Func<CancellationToken, DevScore>? ScoreDev { get; init; }

    /// <summary>The dev metric models are chosen by.</summary>
    public required string SelectBy { get; init; }

    /// <summary>What models are chosen by where <see cref="SelectBy"/> is undefined on dev.</summary>
    public const string Fallback = "loss";

    /// <summary>Why <see cref="SelectBy"/> can never choose a model on this dev split, as a clause; null where it can.</summary>
    public string? Blind { get; init; }

    /// <summary>Whether a larger one is better.</summary>
    public required bool HigherIsBetter { get; init; }

    /// <summary>Device and number format.</summary>
    public required Compute Compute { get; init; }

    /// <summary>Where lines are logged.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>Where the stage's part of the logs begins.</summary>
    public LogPlace LogStart { get; init; } = LogPlace.Start;

    /// <summary>Where checkpoints go.</summary>
    public required CheckpointStore Checkpoints { get; init; }

    /// <summary>What the user sees.</summary>
    public required IRunView View { get; init; }

    /// <summary>Makes losses.</summary>
    public IObjective Objective => Recipe.Objective;

    /// <summary>The training batches, from the start each time it is asked for.</summary>
    public TrainingBatches Batches() => TrainingBatches.Of(Train, Recipe, Seed, Stream);
}

/// <summary>Figures of the model on the dev split.</summary>
/// <param name="Samples">Samples scored.</param>
/// <param name="Metrics">By name, in the order they are shown.</param>
public sealed record DevScore(long Samples, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>What training minimises.</summary>
    public double Loss { get; init; } = double.NaN;

    /// <summary>Why a figure may be undefined, as a clause.</summary>
    public string Why { get; init; } = "";
}
