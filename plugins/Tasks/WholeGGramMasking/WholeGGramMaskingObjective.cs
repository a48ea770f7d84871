using PluginHost.Libs.Masking;

namespace PluginHost.Plugins.WholeGGramMasking;

/// <summary>
/// Whole G-gram masking (DNAZEN, section 2.4): tokens are drawn; those of every G-gram a drawn token belongs to are hidden with it; 80 % of
/// hidden tokens become [MASK], 10 % a random token, 10 % stay. G-grams that hold a hidden token are kept from the G-gram encoder.
/// </summary>
internal sealed class WholeGGramMaskingObjective : IObjective
{
    private readonly WholeGGramMaskingOptions options;
    private readonly Vocabulary vocabulary;

    private WholeGGramMaskingObjective(WholeGGramMaskingOptions options, Vocabulary vocabulary)
    {
        this.options = options;
        this.vocabulary = vocabulary;
        var replacements = ScoredPositions.Replacements(options, vocabulary);
        var seen = new SeenToken(1 - options.MaskShare - options.RandomShare, options.RandomShare / replacements.Length);
        Card = new()
        {
            Metrics = ["loss", "perplexity", "accuracy"],
            Baselines =
            [
                new ContextBaseline("unigram", seen, useInput: false, useRuns: false, useNeighbours: false),
                new ContextBaseline("identity-kept", seen, useInput: true, useRuns: false, useNeighbours: false),
                new ContextBaseline("hidden-run", seen, useInput: true, useRuns: true, useNeighbours: false),
                new ContextBaseline("neighbours", seen, useInput: true, useRuns: true, useNeighbours: true),
            ],
        };
    }

    /// <summary>Checks that the tokenizer matches G-grams.</summary>
    /// <exception cref="UsageException">It does not, or lacks special tokens.</exception>
    public static WholeGGramMaskingObjective Create(WholeGGramMaskingOptions options, ITokenizer tokenizer)
    {
        if (Columns.FromTokenizer.FirstOrDefault(key => !tokenizer.Writes.Contains(key)) is { } missing)
            throw new UsageException($"whole-ggram-masking needs a tokenizer that matches G-grams (it lacks column '{missing.Name}'); wrap "
                + "it: tokenizer: { use: ggram, tokenizer: { use: ... }, vocabulary: FILE }.");
        if (tokenizer.Vocabulary.Mask is null || tokenizer.Vocabulary.Pad is null)
            throw new UsageException("whole-ggram-masking needs a tokenizer whose vocabulary has [MASK] and [PAD].");
        return new(options, tokenizer.Vocabulary);
    }

    public IReadOnlyList<HeadRole> Heads { get; } = [new(Scoring.Role, new ComponentSpec("masked-lm-head"))];

    public IReadOnlyList<BatchKey> Writes { get; } = [Keys.Positions, Keys.PositionLabels, ScoredPositions.AtMask];

    public IReadOnlyList<string> DefaultMetrics { get; } = ["loss", "perplexity", "accuracy"];

    public ScoreCard Card { get; }

    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        var originals = samples.Select(context.Encode).ToList();
        var rows = new MaskedRows(options, vocabulary, originals.Max(e => e.Ids.Length));
        var shown = originals.Select(e => context.Mode == CollateMode.Predict ? rows.Show(e) : rows.Hide(e, context.Random)).ToList();
        rows.Scored.Fix(context.Mode == CollateMode.Predict ? 0 : options.FixedPositions, context.Random);
        // The batch's encodings tell the original tokens; its columns, what the model sees.
        var batch = Collation.Pad(samples, originals, vocabulary.Pad!.Value, shown: shown);
        return rows.Scored.Write(batch, Scoring.Term);
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch) => [Scoring.Loss(predictions, batch)];

    public Scored Score(Predictions predictions, Batch batch) => HiddenShare.Added(Scoring.Score(predictions, batch), batch, vocabulary);
}
