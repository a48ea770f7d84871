namespace PluginHost.Plugins.MaskedLm;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// Hides stretches of bases and asks for the tokens that touch them (Ji et al. 2021, 2.2.2, with the 80/10/10 rule of
/// Devlin et al. 2019). Works from base spans alone, hence with any tokenizer.
/// </summary>
internal sealed class MaskedLmObjective : IObjective
{
    public const string Role = "lm";
    public const string Term = "masked-lm";

    /// <summary>Loss at [MASK] positions only: the kept tokens are right by identity, so this is the honest figure.</summary>
    public const string AtMaskTerm = "loss-at-mask";

    private readonly MaskedLmOptions options;
    private readonly Vocabulary vocabulary;
    private readonly int[] replacements;

    public MaskedLmObjective(MaskedLmOptions options, Vocabulary vocabulary)
    {
        this.options = options;
        this.vocabulary = vocabulary;
        if (vocabulary.Mask is null || vocabulary.Pad is null)
            throw new UsageException("masked-lm needs a tokenizer whose vocabulary has [MASK] and [PAD].");
        replacements = options.RandomIncludesSpecials ? [.. Enumerable.Range(0, vocabulary.Count)] : [.. vocabulary.Regular];
        int[] askable = [.. Askable()];
        Baselines =
        [
            new TokenBaseline("unigram", options, replacements.Length, askable, Facts.Frequencies),
            new TokenBaseline("identity-kept", options, replacements.Length, askable, Facts.Input),
            new TokenBaseline("neighbour-copy", options, replacements.Length, askable, Facts.Input | Facts.Neighbours),
            new TokenBaseline("context", options, replacements.Length, askable, Facts.Input | Facts.Neighbours | Facts.Context),
        ];
    }

    public IReadOnlyList<HeadRole> Heads { get; } = [new(Role, new ComponentSpec("masked-lm-head"))];

    public IReadOnlyList<BatchKey> Writes { get; } = [Keys.Positions, Keys.PositionLabels, Columns.AtMask];

    public IReadOnlyList<string> DefaultMetrics { get; } = ["loss", "perplexity", "accuracy"];

    public IReadOnlyList<IBaseline> Baselines { get; }

    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        var encodings = samples.Select(context.Encode).ToList();
        var batch = Collation.Pad(samples, encodings, vocabulary.Pad!.Value);
        var rows = new MaskedRows(options, vocabulary, replacements, samples.Count, (int)batch.Axis("T"));
        for (var b = 0; b < encodings.Count; b++)
        {
            if (context.Mode == CollateMode.Predict) rows.Show(b, encodings[b]);
            else rows.Hide(b, encodings[b], Rate(context), context.Random);
        }
        rows.Fix(context.Mode == CollateMode.Predict ? 0 : options.FixedPositions, context.Random);
        batch[Keys.InputIds].Dispose();
        var positions = rows.Positions;
        return batch
            .Set(Keys.InputIds, tensor(rows.Ids, [samples.Count, batch.Axis("T")]))
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
        var tally = new Tally();
        var atMask_M = batch[Columns.AtMask].cpu().data<bool>().ToArray();
        for (var m = 0; m < labels_M.Length; m++)
            if (labels_M[m] != Keys.Ignore) tally.Add((int)labels_M[m], (int)predicted_M[m], losses_M[m], atMask_M[m]);
        return tally.ToScored();
    }

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
        context.Mode == CollateMode.Train && options.RateLater is { } later && context.Progress >= options.RateLaterFrom ? later : options.Rate;
}
