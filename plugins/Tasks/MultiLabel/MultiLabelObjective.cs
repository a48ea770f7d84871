using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.MultiLabel;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>Labels that each hold or do not, by binary cross-entropy: the mean over labels and samples, unknown ones left out.</summary>
internal sealed class MultiLabelObjective : IFittedObjective
{
    private const string Role = "labels";
    private readonly MultiLabelOptions options;
    private readonly LabelSet labels;
    private readonly SequenceInput input;
    private readonly HashSet<int> untrained;

    public MultiLabelObjective(MultiLabelOptions options)
    {
        this.options = options;
        labels = new LabelSet(options.Fields, options.Format, options.Labels);
        input = new SequenceInput(options);
        untrained = options.UnseenLabels == Unseen.Error ? [.. options.Untrained.Select(l => Array.IndexOf(options.Labels, l))] : [];
        Heads =
        [
            new(Role, new ComponentSpec("multi-label-head", options.HeadOptions(("labels", options.Labels.Length))))
            {
                Answer = options.TakesAnyHead ? AnswerKind.Labels : AnswerKind.None, Outputs = options.Labels.Length,
            },
        ];
        Card = new()
        {
            Metrics = ["loss", "auroc", "auprc"],
            SelectionMetric = "auprc",
            OutputNames = options.Labels,
            ProblemType = "multi_label_classification",
            Baselines = [new PrevalenceBaseline(labels), .. LabelRidge.For(options, labels)],
        };
    }

    public IReadOnlyList<HeadRole> Heads { get; }

    public IReadOnlyList<BatchKey> Writes => [Keys.Targets, .. input.Writes];

    public IReadOnlyList<string> DefaultMetrics { get; } = ["loss", "auroc", "auprc"];

    public ScoreCard Card { get; }

    public IReadOnlyList<string> Warnings { get; private set; } = [];

    public IReadOnlyDictionary<string, object?> Fit(IEnumerable<Sample> train)
    {
        var fitted = new Dictionary<string, object?>();
        var samples = train.ToList();
        var found = new LabelFit(options, samples);
        found.Write(fitted);
        Warnings = found.Warnings;
        if (FeatureScale.Fit(options) is not { } features) return fitted;
        foreach (var sample in samples) features.Add(sample);
        features.Write(fitted);
        return fitted;
    }

    public void Check(IEnumerable<Sample> samples)
    {
        DataException? unlearnt = null;
        labels.Check(samples, sample =>
        {
            input.Check(sample);
            unlearnt ??= Unlearnt(sample);
        });
        if (unlearnt is not null) throw unlearnt;
    }

    public int CountTokens(Sample sample, ITokenizer tokenizer, EncodeContext context) => input.CountTokens(sample, tokenizer, context);

    /// <exception cref="UsageException">The labels are not known yet.</exception>
    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        if (options.Labels.Length == 0 || options.Format == LabelFormat.Auto)
            throw new UsageException("multi-label does not know its labels yet; train it first, or give 'labels' and 'format'.");
        var rows = samples.Select(s => context.Mode == CollateMode.Predict ? Unknown() : Known(s)).ToList();
        return input.Collate(samples, context)
            .Set(Keys.Targets, Arrays.Stack(rows, options.Labels.Length))
            .SetTargets(LabelScores.Term, rows.Sum(r => r.LongCount(v => !float.IsNaN(v))));
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch)
    {
        using var scope = NewDisposeScope();
        var logits_BC = predictions[Role].to_type(ScalarType.Float32);
        var targets_BC = batch[Keys.Targets];
        var known_BC = targets_BC.isnan().logical_not();
        var weight_C = tensor(Weights()).to(logits_BC.device);
        var sum = functional.binary_cross_entropy_with_logits(logits_BC, targets_BC.masked_fill(known_BC.logical_not(), 0),
            known_BC.to_type(ScalarType.Float32), Reduction.Sum, weight_C);
        return [new(LabelScores.Term, sum.MoveToOuterDisposeScope(), batch.TargetCounts[LabelScores.Term])];
    }

    /// <summary>
    /// The loss scored is the plain cross-entropy, without the weight on labels that hold, so that it compares with the baselines'.
    /// </summary>
    public Scored Score(Predictions predictions, Batch batch)
    {
        using var scope = NewDisposeScope();
        var probabilities = ScoredItems.Rows(predictions[Role].to_type(ScalarType.Float32).sigmoid());
        return LabelScores.Of([.. batch.Samples.Select(s => s.Id)], probabilities, ScoredItems.Rows(batch[Keys.Targets]));
    }

    private float[] Weights() => options.PositiveWeights.Length > 0
        ? [.. options.PositiveWeights.Select(w => (float)w)]
        : [.. Enumerable.Repeat((float)options.PositiveWeight, options.Labels.Length)];

    private float[] Unknown() => [.. Enumerable.Repeat(float.NaN, options.Labels.Length)];

    private float[] Known(Sample sample) => Unlearnt(sample) is { } failure ? throw failure : labels.Read(sample);

    private DataException? Unlearnt(Sample sample)
    {
        if (untrained.Count == 0) return null;
        var row = labels.Read(sample);
        foreach (var c in untrained)
            if (row[c] == 1)
                return new($"{sample.Where}: the label '{options.Labels[c]}' holds in no training row, so no model can learn it; add "
                    + "training rows with it, leave it out, or set 'unseenLabels: score'.");
        return null;
    }
}
