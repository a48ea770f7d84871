namespace PluginHost.Plugins.Classification;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>One class per sequence, by cross-entropy.</summary>
internal sealed class ClassifyObjective : IObjective
{
    private const string Role = "class";
    private const string Term = "classify";
    private readonly ClassifyOptions options;
    private readonly ClassLabels labels;

    public ClassifyObjective(ClassifyOptions options)
    {
        this.options = options;
        labels = ClassLabels.From(options);
        Heads = [new(Role, new ComponentSpec("classification-head", new Dictionary<string, object?>
        {
            ["classes"] = (long)labels.Names.Count,
            ["pooling"] = options.Pooling.ToString().ToLowerInvariant(),
            ["skipSpecialTokens"] = options.SkipSpecialTokens,
            ["dropout"] = options.Dropout,
        }))];
        Baselines =
        [
            new MajorityBaseline(labels),
            new LogisticRegressionBaseline($"{options.BaselineK}-mer logistic regression", new KMerCounts(options.BaselineK), labels),
            new LogisticRegressionBaseline("positional dinucleotide logistic regression", new PositionalDinucleotides(), labels),
        ];
    }

    public IReadOnlyList<HeadRole> Heads { get; }

    public IReadOnlyList<BatchKey> Writes => [Keys.Class];

    public IReadOnlyList<string> DefaultMetrics => labels.Names.Count == 2
        ? ["loss", "accuracy", "mcc", "f1", "auroc", "auprc"]
        : ["loss", "accuracy", "mcc", "f1"];

    public string SelectionMetric => "mcc";

    public IReadOnlyList<string> OutputNames => labels.Names;

    public IReadOnlyList<IBaseline> Baselines { get; }

    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        var encodings = samples.Select(context.Encode).ToList();
        var classes = samples.Select(s => context.Mode == CollateMode.Predict ? Keys.Ignore : labels.Parse(s)).ToArray();
        return Collation.Pad(samples, encodings, context.Tokenizer.Vocabulary.Pad ?? 0)
            .Set(Keys.Class, tensor(classes, [classes.Length]))
            .SetTargets(Term, classes.LongCount(c => c != Keys.Ignore));
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch)
    {
        var logits_BC = predictions[Role].to_type(ScalarType.Float32);
        using var weight_C = options.ClassWeights.Length == 0
            ? null
            : tensor(options.ClassWeights.Select(w => (float)w).ToArray()).to(logits_BC.device);
        var sum = functional.cross_entropy(logits_BC, batch[Keys.Class], weight: weight_C, ignore_index: Keys.Ignore,
            reduction: Reduction.Sum, label_smoothing: options.LabelSmoothing);
        return [new(Term, sum, batch.TargetCounts[Term])];
    }

    /// <summary>The loss scored is the plain cross-entropy, without class weights or smoothing, so that it compares with the baselines'.</summary>
    public Scored Score(Predictions predictions, Batch batch)
    {
        using var scope = NewDisposeScope();
        var logits_BC = predictions[Role].to_type(ScalarType.Float32);
        var probabilities = Arrays.Rows(logits_BC.softmax(1).cpu());
        var classes = batch[Keys.Class].cpu().data<long>().ToArray();
        return Scoring.Score([.. batch.Samples.Select(s => s.Id)], [.. classes.Select(c => (int)c)], probabilities, Term);
    }
}
