namespace PluginHost.Libs.Supervised;

using static TorchSharp.torch;

/// <summary>
/// The input side of an objective that predicts something of a whole sequence: the sequence, perhaps a second one, perhaps numbers beside
/// it.
/// </summary>
/// <param name="options">Which.</param>
public sealed class SequenceInput(SequenceOptions options)
{
    private readonly FeatureScale features = new(options);

    /// <summary>The columns <see cref="Collate"/> writes beside the tokenizer's.</summary>
    public IReadOnlyList<BatchKey> Writes { get; } =
    [
        .. options.Pair is null ? Array.Empty<BatchKey>() : [Keys.TokenTypes],
        .. options.Features.Length == 0 ? Array.Empty<BatchKey>() : [Keys.Features],
    ];

    /// <summary>How many tokens a sample makes.</summary>
    public int CountTokens(Sample sample, ITokenizer tokenizer, EncodeContext context) =>
        options.Pair is { } pair ? PairEncoding.Count(sample, pair, tokenizer, context) : tokenizer.CountTokens(sample, context);

    /// <summary>Encodes samples, pads them, and sets the features beside them.</summary>
    /// <exception cref="DataException">A sample lacks the second sequence or a feature.</exception>
    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        var encodings = samples.Select(s => options.Pair is { } pair ? PairEncoding.Encode(s, pair, context) : context.Encode(s)).ToList();
        var batch = Collation.Pad(samples, encodings, context.Tokenizer.Vocabulary.Pad ?? 0);
        if (options.Features.Length == 0) return batch;
        RequireFitted();
        return batch.Set(Keys.Features, Arrays.Stack([.. samples.Select(features.Read)], features.Count));
    }

    /// <summary>Refuses a sample that cannot be collated.</summary>
    /// <exception cref="DataException">It lacks the second sequence or a feature.</exception>
    public void Check(Sample sample)
    {
        if (options.Pair is { } pair) PairEncoding.Second(sample, pair);
        if (options.Features.Length > 0 && features.Count > 0) features.Read(sample);
    }

    /// <summary>Refuses features whose number is not known yet.</summary>
    /// <exception cref="UsageException">Nothing was fitted.</exception>
    public void RequireFitted()
    {
        if (options.Features.Length > 0 && features.Count == 0)
            throw new UsageException("The objective's features have no means and deviations yet; train it first, or give 'featureMeans' "
                + "and 'featureDeviations'.");
    }
}
