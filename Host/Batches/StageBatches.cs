using PluginHost.Host.Models;
using PluginHost.Host.Pipelines.Settings;

namespace PluginHost.Host.Batches;

/// <summary>The training batches of a stage: which samples they hold, and how they are made of them.</summary>
/// <param name="source">The training split.</param>
/// <param name="tokenizer">The pipeline's tokenizer.</param>
/// <param name="objective">Collates.</param>
/// <param name="model">Sets the token limit.</param>
/// <param name="options">Batch limits and the policy for long sequences.</param>
/// <param name="seed">Seed of the stage's batches.</param>
public sealed class StageBatches(ISampleSource source, ITokenizer tokenizer, IObjective objective, TaskModel model, TrainOptions options, ulong seed)
{
    /// <summary>Tells tokenizers that batches are drawn for training; counting draws nothing.</summary>
    private static readonly SeededRandom TrainingDraws = new(0);

    /// <summary>Which samples make up each batch. One thread at a time may enumerate it.</summary>
    public BatchPlan Plan { get; } = new(
        source, sample => objective.CountTokens(sample, tokenizer, new EncodeContext(model.MaxTokens, Random: TrainingDraws)), seed, options.BatchTokens, options.BatchSize);

    /// <summary>Makes a batch. Thread-safe.</summary>
    /// <param name="planned">Which one.</param>
    /// <param name="progress">Share of training done, 0 to 1.</param>
    public PreparedBatch Collate(PlannedBatch planned, double progress)
    {
        var samples = planned.Samples.Select(i => Plan.Draw(planned.Position.Epoch, i)).ToList();
        var context = new CollateContext(tokenizer, model.MaxTokens, CollateMode.Train, Plan.CollateRandom(planned.Position)) { Progress = progress };
        var batch = objective.Collate(samples, context);
        LengthPolicy.Check(options.TooLong, context, samples);
        return new PreparedBatch(batch, planned, context);
    }
}
