using PluginHost.Host.Batches;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines.Settings;

namespace PluginHost.Host.Scoring;

/// <summary>What is scored, by what, and how it is batched.</summary>
public sealed record ScoringJob
{
    /// <summary>The model, on its device.</summary>
    public required TaskModel Model { get; init; }

    /// <summary>Makes batches and scores.</summary>
    public required IObjective Objective { get; init; }

    /// <summary>The pipeline's tokenizer.</summary>
    public required ITokenizer Tokenizer { get; init; }

    /// <summary>The split.</summary>
    public required ISampleSource Source { get; init; }

    /// <summary>Device and number format.</summary>
    public required Compute Compute { get; init; }

    /// <summary>Whether labels are asked for.</summary>
    public CollateMode Mode { get; init; } = CollateMode.Evaluate;

    /// <summary>Seeds the draws of sources and objectives: the same at every evaluation.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Samples scored; 0 means all.</summary>
    public long Limit { get; init; }

    /// <summary>Padded tokens of a batch; 0 means go by <see cref="BatchSize"/>.</summary>
    public required int BatchTokens { get; init; }

    /// <summary>Samples of a batch when there is no token budget.</summary>
    public required int BatchSize { get; init; }

    /// <summary>What happens to a sequence longer than the model.</summary>
    public TooLong TooLong { get; init; } = TooLong.Truncate;

    /// <summary>Batches prepared at the same time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>A sample as every evaluation draws it.</summary>
    public Sample Draw(long index) => Source.Get(index, new SeededRandom(Seed, 1, (ulong)index));

    /// <summary>The batches to score, in order.</summary>
    public IReadOnlyList<long[]> Plan()
    {
        var context = new EncodeContext(Model.MaxTokens) { Scoring = Mode == CollateMode.Evaluate };
        return EvaluationPlan.Pack(
            EvaluationPlan.Choose(Source.Count, Limit).Select(i => (i, Objective.CountTokens(Draw(i), Tokenizer, context))), BatchTokens, BatchSize);
    }

    /// <summary>Makes one batch of the plan.</summary>
    /// <param name="indices">Its samples.</param>
    /// <param name="ordinal">Its place in the plan.</param>
    public (Batch Batch, CollateContext Counted) Collate(long[] indices, int ordinal)
    {
        var context = new CollateContext(Tokenizer, Model.MaxTokens, Mode, new SeededRandom(Seed, 2, (ulong)ordinal)) { Progress = 1 };
        var batch = Objective.Collate([.. indices.Select(Draw)], context);
        LengthPolicy.Check(TooLong, context, indices.Select(Draw));
        return (batch, context);
    }
}
