using PluginHost.Host.Batches.Contracts;
using PluginHost.Host.Pipelines.Settings;

namespace PluginHost.Host.Batches;

/// <summary>How samples become batches: the one way that training, scoring, checks before a run and tools share. Thread-safe.</summary>
public sealed record BatchRecipe
{
    /// <summary>Tells tokenizers that batches are drawn for training; counting draws nothing.</summary>
    private static readonly SeededRandom TrainingDraws = new(0);

    /// <summary>Encodes.</summary>
    public required ITokenizer Tokenizer { get; init; }

    /// <summary>Collates.</summary>
    public required IObjective Objective { get; init; }

    /// <summary>The model's limit, special tokens included.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Padded tokens of a batch; 0 means go by <see cref="BatchSize"/>.</summary>
    public int BatchTokens { get; init; }

    /// <summary>Samples of a batch when there is no token budget.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>What happens to a sequence longer than the model.</summary>
    public TooLong TooLong { get; init; } = TooLong.Truncate;

    /// <summary>Batches prepared at the same time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The recipe of a training stage.</summary>
    public static BatchRecipe Of(ITokenizer tokenizer, IObjective objective, int maxTokens, TrainOptions options) => new()
    {
        Tokenizer = tokenizer,
        Objective = objective,
        MaxTokens = maxTokens,
        BatchTokens = options.BatchTokens,
        BatchSize = options.BatchSize,
        TooLong = options.TooLong,
        Workers = options.Workers,
    };

    /// <summary>Length of a sample in tokens, special ones included.</summary>
    public int CountTokens(Sample sample, CollateMode mode) => Objective.CountTokens(
        sample, Tokenizer, new EncodeContext(MaxTokens,
            Random: mode == CollateMode.Train ? TrainingDraws : null)
        { Scoring = mode == CollateMode.Evaluate });

    /// <summary>Makes a batch on the CPU.</summary>
    /// <param name="planned">Its place.</param>
    /// <param name="samples">Its samples, in row order.</param>
    /// <param name="mode">Why it is made.</param>
    /// <param name="random">All its draws come from here.</param>
    /// <param name="progress">Share of training done, 0 to 1.</param>
    /// <exception cref="DataException">A sample lacks what the objective needs, or is too long where that is an error.</exception>
    public PreparedBatch Make(PlannedBatch planned, IReadOnlyList<Sample> samples, CollateMode mode, SeededRandom random, double progress)
    {
        var counting = new CountingTokenizer(Tokenizer);
        var batch = BatchContract.Require(
            Objective.Collate(samples, new CollateContext(counting, MaxTokens, mode, random) { Progress = progress }), Objective, samples);
        var counted = counting.Counted.Plus(new(Sequences: batch.LeftOut, LeftOut: batch.LeftOut));
        if (TooLong != TooLong.Error || counted.Truncated == 0) return new PreparedBatch(batch, planned, counted);
        batch.Dispose();
        throw Refused(samples);
    }

    private DataException Refused(IReadOnlyList<Sample> samples)
    {
        var limit = new EncodeContext(MaxTokens);
        // Where the objective needs room of its own, no sequence may be too long by itself: the longest is named then.
        var first = samples.FirstOrDefault(s => Tokenizer.Encode(s, limit).DroppedBases > 0) ?? samples.MaxBy(s => s.Sequence.Length)!;
        return new DataException(
            $"{first.Where}: the sequence has {first.Sequence.Length:N0} bases, more than the model's {MaxTokens} tokens hold. " +
            "Cut it into windows, use a longer model, or allow cutting with tooLong: truncate.");
    }
}
