using PluginHost.Host.Foundation;

namespace PluginHost.Host.Batches;

/// <summary>The training batches of a stage: which samples they hold, and how they are made of them.</summary>
/// <param name="source">The training split.</param>
/// <param name="recipe">Makes them.</param>
/// <param name="seed">Seed of the stage's batches.</param>
public sealed class TrainingBatches(ISampleSource source, BatchRecipe recipe, ulong seed)
{
    /// <summary>The batches of a stage: its name and the run's seed say which they are.</summary>
    public static TrainingBatches Of(ISampleSource source, BatchRecipe recipe, ulong runSeed, string stage) =>
        new(source, recipe, RandomStreams.Seed(runSeed, $"{stage}/batches"));

    /// <summary>Which samples make up each batch. One thread at a time may enumerate it.</summary>
    public BatchPlan Plan { get; } =
        new(source, sample => recipe.CountTokens(sample, CollateMode.Train), seed, recipe.BatchTokens, recipe.BatchSize);

    /// <summary>The first batch of all.</summary>
    public PreparedBatch First() => Make(Plan.From(default).First(), 0);

    /// <summary>Makes a batch. Thread-safe.</summary>
    /// <param name="planned">Which one.</param>
    /// <param name="progress">Share of training done, 0 to 1.</param>
    public PreparedBatch Make(PlannedBatch planned, double progress) =>
        recipe.Make(planned, Plan.Samples(planned), CollateMode.Train, Plan.CollateRandom(planned.Position), progress);
}
