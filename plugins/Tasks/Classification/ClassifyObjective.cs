using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.Classification;

using PluginHost.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>One class per sequence, by cross-entropy.</summary>
internal sealed class ClassifyObjective : IFittedObjective
{
    private const string Role = "class";
    private const string Term = "classify";
    private readonly ClassifyOptions options;
    private readonly ClassLabels labels;
    private readonly SequenceInput input;

    public ClassifyObjective(ClassifyOptions options)
    {
        this.options = options;
        labels = ClassLabels.From(options);
        input = new SequenceInput(options);
        Heads =
        [
            new(Role, new ComponentSpec("classification-head", options.HeadOptions(("classes", labels.Names.Count))))
            {
                Answer = options.TakesAnyHead ? AnswerKind.Class : AnswerKind.None, Outputs = labels.Names.Count,
            },
        ];
        Card = new()
        {
            Metrics = labels.Names.Count == 2 ? ["loss", "accuracy", "mcc", "f1", "auroc", "auprc"] : ["loss", "accuracy", "mcc", "f1"],
            SelectionMetric = "mcc",
            OutputNames = labels.Names,
            ProblemType = "single_label_classification",
            Baselines = ClassBaselines.For(options, labels),
        };
    }

    public IReadOnlyList<HeadRole> Heads { get; }

    public IReadOnlyList<BatchKey> Writes => [Keys.Class, .. input.Writes];

    public ScoreCard Card { get; }

    public IReadOnlyList<string> Notes { get; private set; } = [];

    public IReadOnlyList<string> Warnings { get; private set; } = [];

    public IReadOnlyDictionary<string, object?> Fit(IEnumerable<Sample> train)
    {
        var fitted = new Dictionary<string, object?>();
        var features = FeatureScale.Fit(options);
        var seen = new TrainingLabels();
        foreach (var sample in train)
        {
            seen.Add(labels.Written(sample), sample);
            features?.Add(sample);
        }
        var classes = labels.Names.Count > 0 ? labels.Told(seen) : ClassLabels.Of(seen);
        if (classes.Names.Count < 2)
            throw new DataException(
                $"Every training row has the label '{classes.Names.SingleOrDefault()}'; a classifier needs rows of at least two.");
        var counts = new long[classes.Names.Count];
        foreach (var (label, rows) in seen.Rows)
            if (classes.TryIndex(label, out var index)) counts[index] += rows;
        (Notes, Warnings) = ([.. classes.Told()], [.. seen.Rare([.. Enumerable.Range(0, counts.Length).Select(classes.AsWritten)])]);
        if (labels.Names.Count == 0) fitted["labels"] = classes.Names;
        fitted["labelForm"] = classes.Form.ToString().ToLowerInvariant();
        if (counts.Any(c => c == 0)) fitted["untrained"] = classes.Names.Where((_, c) => counts[c] == 0).ToArray();
        if (options.Weighting == Weighting.Balanced && options.ClassWeights.Length == 0)
            fitted["classWeights"] = ClassCounts.Balanced(counts);
        features?.Write(fitted);
        return fitted;
    }

    public void Check(IEnumerable<Sample> samples) => labels.Check(samples.Select(s =>
    {
        input.Check(s);
        return s;
    }));

    public int CountTokens(Sample sample, ITokenizer tokenizer, EncodeContext context) => input.CountTokens(sample, tokenizer, context);

    /// <exception cref="UsageException">The classes are not known yet.</exception>
    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        if (labels.Names.Count == 0)
            throw new UsageException("classify does not know its classes yet; train it first, or give 'classes' or 'labels'.");
        var classes = samples.Select(s => context.Mode == CollateMode.Predict ? Keys.Ignore : labels.Parse(s)).ToArray();
        return input.Collate(samples, context)
            .Set(Keys.Class, tensor(classes, [classes.Length]))
            .SetTargets(Term, classes.LongCount(c => c != Keys.Ignore));
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch)
    {
        var logits_BC = predictions[Role].to_type(ScalarType.Float32);
        using var weight_C = options.ClassWeights.Length == 0
            ? null
            : tensor(options.ClassWeights.Select(w => (float)w).ToArray()).to(logits_BC.device);
        var sum = Extras.masked_cross_entropy(logits_BC, batch[Keys.Class], Keys.Ignore, weight_C, options.LabelSmoothing);
        return [new(Term, sum, batch.TargetCounts[Term])];
    }

    /// <summary>
    /// The loss scored is the plain cross-entropy, without class weights or smoothing, so that it compares with the baselines'.
    /// </summary>
    public Scored Score(Predictions predictions, Batch batch) => ScoredItems.Classes(batch, predictions[Role], Term);
}
