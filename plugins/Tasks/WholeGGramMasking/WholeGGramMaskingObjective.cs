namespace PluginHost.Plugins.WholeGGramMasking;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// Whole G-gram masking (DNAZEN, section 2.4): tokens are drawn; those of every G-gram a drawn token belongs to are hidden with it; 80 % of
/// hidden tokens become [MASK], 10 % a random token, 10 % stay. G-grams that hold a hidden token are kept from the G-gram encoder.
/// </summary>
internal sealed class WholeGGramMaskingObjective : IObjective
{
    public const string Role = "lm";
    public const string Term = "masked-lm";

    /// <summary>Loss at [MASK] positions only: kept tokens are right by identity, so this is the honest figure.</summary>
    public const string AtMaskTerm = "loss-at-mask";

    /// <summary>Share of the tokens that stand for known bases that was hidden and scored.</summary>
    public const string HiddenShare = "hidden-share";

    private readonly WholeGGramMaskingOptions options;
    private readonly Vocabulary vocabulary;
    private readonly int[] replacements;

    private WholeGGramMaskingObjective(WholeGGramMaskingOptions options, Vocabulary vocabulary)
    {
        this.options = options;
        this.vocabulary = vocabulary;
        replacements = options.RandomIncludesSpecials ? [.. Enumerable.Range(0, vocabulary.Count)] : [.. vocabulary.Regular];
        var seen = new SeenToken(1 - options.MaskShare - options.RandomShare, options.RandomShare / replacements.Length);
        Baselines =
        [
            new ContextBaseline("unigram", seen, useInput: false, useRuns: false, useNeighbours: false),
            new ContextBaseline("identity-kept", seen, useInput: true, useRuns: false, useNeighbours: false),
            new ContextBaseline("hidden-run", seen, useInput: true, useRuns: true, useNeighbours: false),
            new ContextBaseline("neighbours", seen, useInput: true, useRuns: true, useNeighbours: true),
        ];
    }

    /// <summary>Checks that the tokenizer matches G-grams.</summary>
    /// <exception cref="UsageException">It does not, or lacks special tokens.</exception>
    public static WholeGGramMaskingObjective Create(WholeGGramMaskingOptions options, ITokenizer tokenizer)
    {
        if (Columns.FromTokenizer.FirstOrDefault(key => !tokenizer.Writes.Contains(key)) is { } missing)
            throw new UsageException($"whole-ggram-masking needs a tokenizer that matches G-grams (it lacks column '{missing.Name}'); wrap it: tokenizer: {{ use: ggram, tokenizer: {{ use: ... }}, vocabulary: FILE }}.");
        if (tokenizer.Vocabulary.Mask is null || tokenizer.Vocabulary.Pad is null)
            throw new UsageException("whole-ggram-masking needs a tokenizer whose vocabulary has [MASK] and [PAD].");
        return new(options, tokenizer.Vocabulary);
    }

    public IReadOnlyList<HeadRole> Heads { get; } = [new(Role, new ComponentSpec("masked-lm-head"))];

    public IReadOnlyList<BatchKey> Writes { get; } = [Keys.Positions, Keys.PositionLabels, Columns.AtMask];

    public IReadOnlyList<string> DefaultMetrics { get; } = ["loss", "perplexity", "accuracy"];

    public IReadOnlyList<IBaseline> Baselines { get; }

    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        var originals = samples.Select(context.Encode).ToList();
        var rows = new MaskedRows(options, vocabulary, replacements, originals.Max(e => e.Ids.Length));
        var shown = originals.Select(e => context.Mode == CollateMode.Predict ? rows.Show(e) : rows.Hide(e, context.Random)).ToList();
        rows.Fix(context.Mode == CollateMode.Predict ? 0 : options.FixedPositions, context.Random);
        var padded = Collation.Pad(samples, shown, vocabulary.Pad!.Value);
        // The batch's encodings tell the original tokens; its columns, what the model sees.
        var batch = new Batch(samples, originals) { RealTokens = padded.RealTokens, Tokens = padded.Tokens };
        foreach (var key in padded.Columns) batch.Set(key, padded[key]);
        var positions = rows.Positions;
        return batch
            .Set(Keys.Positions, tensor(positions, [positions.Length]))
            .Set(Keys.PositionLabels, tensor(rows.Labels, [positions.Length]))
            .Set(Columns.AtMask, tensor(rows.AtMask, [positions.Length]))
            .SetTargets(Term, rows.Targets);
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch)
    {
        var logits_MV = predictions[Role];
        var sum = functional.cross_entropy(logits_MV.to_type(ScalarType.Float32), batch[Keys.PositionLabels], ignore_index: Keys.Ignore, reduction: Reduction.Sum);
        return [new(Term, sum, batch.TargetCounts[Term])];
    }

    public Scored Score(Predictions predictions, Batch batch)
    {
        using var scope = NewDisposeScope();
        var logits_MV = predictions[Role].to_type(ScalarType.Float32);
        var predicted_M = logits_MV.argmax(1).cpu().data<long>().ToArray();
        var labels_M = batch[Keys.PositionLabels].cpu().data<long>().ToArray();
        if (batch.TargetCounts[Term] == 0) return new() { Predicted = [.. predicted_M.Select(p => (int)p)] };
        var losses_M = functional.cross_entropy(logits_MV, batch[Keys.PositionLabels], ignore_index: Keys.Ignore, reduction: Reduction.None)
            .cpu().data<float>().ToArray();
        var atMask_M = batch[Columns.AtMask].cpu().data<bool>().ToArray();
        var tally = new Tally();
        for (var m = 0; m < labels_M.Length; m++)
            if (labels_M[m] != Keys.Ignore) tally.Add((int)labels_M[m], (int)predicted_M[m], losses_M[m], atMask_M[m]);
        return tally.ToScored(batch.Encodings.Sum(e => MaskedRows.Maskable(e, vocabulary).LongCount(m => m)));
    }
}
