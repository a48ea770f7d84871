using PluginHost.Libs.Masking;

namespace PluginHost.Plugins.MaskedLm;

using static TorchSharp.torch;

/// <summary>
/// Hides stretches of bases and asks for the tokens that touch them (Ji et al. 2021, 2.2.2, with the 80/10/10 rule of
/// Devlin et al. 2019). Works from base spans alone, hence with any tokenizer.
/// </summary>
internal sealed class MaskedLmObjective : IObjective
{
    private readonly MaskedLmOptions options;
    private readonly Vocabulary vocabulary;

    /// <exception cref="UsageException">The tokenizer lacks special tokens, or would show what is hidden.</exception>
    public MaskedLmObjective(MaskedLmOptions options, ITokenizer tokenizer)
    {
        this.options = options;
        vocabulary = tokenizer.Vocabulary;
        if (vocabulary.Mask is null || vocabulary.Pad is null)
            throw new UsageException("masked-lm needs a tokenizer whose vocabulary has [MASK] and [PAD].");
        if (tokenizer.Revealing is [var telling, ..])
            throw new UsageException($"masked-lm would hide tokens that the tokenizer's column '{telling.Name}' still tells the model; use "
                + "an objective that edits that column, or a tokenizer without it.");
        var replacements = ScoredPositions.Replacements(options, vocabulary);
        int[] askable = [.. Askable()];
        Card = new()
        {
            Metrics = ["loss", "perplexity", "accuracy"],
            Baselines =
            [
                new TokenBaseline("unigram", options, replacements.Length, askable, Facts.Frequencies),
                new TokenBaseline("identity-kept", options, replacements.Length, askable, Facts.Input),
                new TokenBaseline("neighbour-copy", options, replacements.Length, askable, Facts.Input | Facts.Neighbours),
                new TokenBaseline("context", options, replacements.Length, askable, Facts.Input | Facts.Neighbours | Facts.Context),
            ],
        };
    }

    public IReadOnlyList<HeadRole> Heads { get; } = [new(Scoring.Role, new ComponentSpec("masked-lm-head"))];

    public IReadOnlyList<BatchKey> Writes { get; } = [Keys.Positions, Keys.PositionLabels, ScoredPositions.AtMask];

    public IReadOnlyList<string> DefaultMetrics { get; } = ["loss", "perplexity", "accuracy"];

    public ScoreCard Card { get; }

    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        var encodings = samples.Select(context.Encode).ToList();
        var rows = new MaskedRows(options, vocabulary, encodings.Max(e => e.Ids.Length));
        var shown = encodings.Select((e, b) =>
            context.Mode == CollateMode.Predict ? rows.Show(b, e) : rows.Hide(b, e, Rate(context), context.Random)).ToList();
        rows.Scored.Fix(context.Mode == CollateMode.Predict ? 0 : options.FixedPositions, context.Random);
        return rows.Scored.Write(Collation.Pad(samples, encodings, vocabulary.Pad!.Value, shown: shown), Scoring.Term);
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch) => [Scoring.Loss(predictions, batch)];

    public Scored Score(Predictions predictions, Batch batch) => Scoring.Score(predictions, batch);

    /// <summary>Ids that may be labels: released schemes also ask for unknown tokens, Genomics-FM's for prompts.</summary>
    private IEnumerable<int> Askable()
    {
        if (options.Scheme == MaskingScheme.GenomicsFmRelease)
        {
            int?[] never = [vocabulary.Pad, vocabulary.Classification, vocabulary.Separator, vocabulary.Mask];
            return Enumerable.Range(0, vocabulary.Count).Where(id => id != 0 && !never.Contains(id));
        }
        return (options.AskUnknown || options.Scheme == MaskingScheme.DnabertRelease) && vocabulary.Unknown is { } unknown
            ? vocabulary.Regular.Append(unknown)
            : vocabulary.Regular;
    }

    /// <summary>The later rate holds in the last part of training only: evaluations stay comparable.</summary>
    private double Rate(CollateContext context) =>
        context.Mode == CollateMode.Train && options.RateLater is { } later && context.Progress >= options.RateLaterFrom ? later
            : options.Rate;
}
