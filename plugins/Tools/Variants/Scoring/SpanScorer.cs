using PluginHost.Libs.Genomics.Variants;
using PluginHost.Plugins.Variants.Likelihoods;

namespace PluginHost.Plugins.Variants.Scoring;

/// <summary>How much likelier an encoder-decoder fills in the alternative where the allele is hidden. In nats.</summary>
internal sealed class SpanScorer : IVariantScorer
{
    private readonly TrainedModel model;
    private readonly SpanLikelihood likelihood;

    /// <exception cref="UsageException">The model fills in no hidden stretches.</exception>
    public SpanScorer(TrainedModel model, int? batchTokens)
    {
        (this.model, likelihood) = (model, new(model, batchTokens ?? 8192));
        if (!likelihood.IsOffered)
            throw new UsageException($"--score span: {model.Name} has no decoder that predicts tokens, as an encoder-decoder has.");
        if (likelihood.Sentinel is null || model.Tokenizer.Vocabulary.Pad is null)
            throw new UsageException($"--score span: the tokenizer of {model.Name} has no sentinel <extra_id_0> to hide an allele by, as "
                + "span corruption needs it.");
    }

    /// <inheritdoc/>
    public IReadOnlyList<ScoreColumn> Columns { get; } =
    [
        new("span_llr", "ln p(alt) - ln p(ref), each the sum over the decoder's tokens of the allele and the end behind them, the allele "
            + "being hidden from the encoder by one sentinel; of insertions and deletions with the bases on both sides"),
    ];

    /// <inheritdoc/>
    public double[][] Score(IReadOnlyList<WindowPair> pairs, CancellationToken cancellation)
    {
        var places = new Dictionary<AlleleWindow, int>();
        var spans = new List<FilledSpan>();
        foreach (var window in pairs.SelectMany(Hidden))
            if (places.TryAdd(window, spans.Count))
                spans.Add(likelihood.Hide(WindowTokens.Encode(model, window.Sequence), window.Touches));
        var sums = likelihood.Of(spans, cancellation);
        return [.. pairs.Select(Hidden).Select(p => new[] { sums[places[p[1]]] - sums[places[p[0]]] })];
    }

    /// <summary>The windows with what is hidden: of an empty allele something must stand there, so both get the bases beside.</summary>
    private static AlleleWindow[] Hidden(WindowPair pair)
    {
        var beside = pair.Reference.Length == 0 || pair.Alternative.Length == 0;
        return [Widened(pair.Reference), Widened(pair.Alternative)];

        AlleleWindow Widened(AlleleWindow window)
        {
            if (!beside) return window;
            var (start, end) = (Math.Max(0, window.Start - 1), Math.Min(window.Sequence.Length, window.Start + window.Length + 1));
            return new(window.Sequence, start, end - start);
        }
    }
}
