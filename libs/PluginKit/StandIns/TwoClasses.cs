namespace PluginHost.PluginKit;

using static TorchSharp.torch;

/// <summary>The labels 0 and 1, by cross-entropy.</summary>
internal sealed class TwoClasses : IObjective
{
    private const string Role = "class";
    private const string Term = "class";

    /// <inheritdoc/>
    public IReadOnlyList<HeadRole> Heads { get; } = [new(Role, new ComponentSpec("mean-of-tokens")) { Outputs = 2 }];

    /// <inheritdoc/>
    public IReadOnlyList<BatchKey> Writes => [Keys.Class];

    /// <inheritdoc/>
    public ScoreCard Card { get; } = new() { OutputNames = ["0", "1"] };

    /// <inheritdoc/>
    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        var classes_B = samples.Select(s => context.Mode == CollateMode.Predict ? Keys.Ignore
            : (long)s.Number(Sample.LabelField)).ToArray();
        return Collation.Pad(samples, [.. samples.Select(context.Encode)], context.Tokenizer.Vocabulary.Pad ?? 0)
            .Set(Keys.Class, tensor(classes_B, [classes_B.Length]))
            .SetTargets(Term, classes_B.LongCount(c => c != Keys.Ignore));
    }

    /// <inheritdoc/>
    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch) =>
    [
        new(Term, nn.functional.cross_entropy(predictions[Role].to_type(ScalarType.Float32), batch[Keys.Class],
            ignore_index: Keys.Ignore, reduction: nn.Reduction.Sum), batch.TargetCounts[Term]),
    ];

    /// <inheritdoc/>
    public Scored Score(Predictions predictions, Batch batch) => ScoredItems.Classes(batch, predictions[Role], Term);
}
