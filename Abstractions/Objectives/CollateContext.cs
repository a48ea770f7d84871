namespace PluginHost;

/// <summary>Why a batch is being made.</summary>
public enum CollateMode
{
    /// <summary>For the optimiser: draws are fresh in every epoch.</summary>
    Train,

    /// <summary>For scoring: labels are needed; draws are the same at every evaluation.</summary>
    Evaluate,

    /// <summary>For prediction: there are no labels.</summary>
    Predict,
}

/// <summary>What an objective may use while it collates one batch.</summary>
/// <param name="tokenizer">The pipeline's tokenizer.</param>
/// <param name="maxTokens">The model's limit, special tokens included.</param>
/// <param name="mode">Why the batch is made.</param>
/// <param name="random">Seeded by run seed, epoch and batch: all randomness comes from here.</param>
public sealed class CollateContext(ITokenizer tokenizer, int maxTokens, CollateMode mode, SeededRandom random)
{
    /// <summary>The pipeline's tokenizer. The host counts what is encoded through it: sequences, dropped bases, unknown tokens.</summary>
    public ITokenizer Tokenizer { get; } = tokenizer;

    /// <summary>The most tokens a sequence may have, special ones included.</summary>
    public int MaxTokens { get; } = maxTokens;

    /// <summary>Why the batch is made.</summary>
    public CollateMode Mode { get; } = mode;

    /// <summary>All randomness comes from here.</summary>
    public SeededRandom Random { get; } = random;

    /// <summary>How much of training is done, 0 to 1: for schedules.</summary>
    public double Progress { get; init; }

    /// <summary>Encodes a sample within the model's limit.</summary>
    /// <exception cref="DataException">The sample has no sequence.</exception>
    public EncodedSequence Encode(Sample sample) => EncodeReserving(sample, 0);

    /// <summary>Encodes a sample and keeps room within the model's limit for tokens that the objective appends.</summary>
    /// <param name="sample">To encode.</param>
    /// <param name="reserve">Tokens to keep free.</param>
    /// <exception cref="DataException">The sample has no sequence.</exception>
    public EncodedSequence EncodeReserving(Sample sample, int reserve) => EncodeWithin(sample, MaxTokens - reserve, specialTokens: true);

    /// <summary>Encodes a sample, or one part of it, within a limit of the objective's own.</summary>
    /// <param name="sample">To encode.</param>
    /// <param name="maxTokens">Most tokens to return, special ones included.</param>
    /// <param name="specialTokens">Whether classification and separator tokens are added.</param>
    /// <exception cref="DataException">The sample has no sequence.</exception>
    public EncodedSequence EncodeWithin(Sample sample, int maxTokens, bool specialTokens)
    {
        if (sample.Sequence.Length == 0)
            throw new DataException($"{sample.Where}: the sequence is empty; give it bases or drop the row.");
        return Tokenizer.Encode(
            sample, new EncodeContext(maxTokens, specialTokens,
                Mode == CollateMode.Train ? Random : null)
            { Scoring = Mode == CollateMode.Evaluate });
    }
}
