using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost;
using static TorchSharp.torch;

namespace MyPlugin;

/// <summary>What a pipeline may say about the objective.</summary>
public sealed class GcOptions
{
    /// <summary>Where rich begins.</summary>
    [Range(0.0, 1.0), Description("The share of G and C from which on a sequence counts as rich.")]
    public double Threshold { get; set; } = 0.5;
}

/// <summary>Two classes, by cross-entropy. Axes: B sequences, C classes.</summary>
internal sealed class GcObjective(GcOptions options) : IObjective
{
    private const string Role = "class";
    private const string Term = "gc";

    public IReadOnlyList<HeadRole> Heads { get; } =
    [
        new(Role, new ComponentSpec("classification-head", new Dictionary<string, object?> { ["classes"] = 2L, ["pooling"] = "mean" }))
        {
            Outputs = 2,
        },
    ];

    public IReadOnlyList<BatchKey> Writes => [Keys.Class];

    public ScoreCard Card { get; } = new()
    {
        Metrics = ["loss", "accuracy"], SelectionMetric = "accuracy", OutputNames = ["poor", "rich"],
    };

    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        var classes_B = samples.Select(sample => context.Mode == CollateMode.Predict ? Keys.Ignore : Class(sample)).ToArray();
        return Collation.Pad(samples, [.. samples.Select(context.Encode)], context.Tokenizer.Vocabulary.Pad ?? 0)
            .Set(Keys.Class, tensor(classes_B, [classes_B.Length]))
            .SetTargets(Term, classes_B.LongCount(label => label != Keys.Ignore));
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch)
    {
        // In single precision, whatever the model was computed in: a sum in bfloat16 has two or three digits.
        var logits_BC = predictions[Role].to_type(ScalarType.Float32);
        var sum = nn.functional.cross_entropy(logits_BC, batch[Keys.Class], ignore_index: Keys.Ignore, reduction: nn.Reduction.Sum);
        return [new(Term, sum, batch.TargetCounts[Term])];
    }

    public Scored Score(Predictions predictions, Batch batch) => ScoredItems.Classes(batch, predictions[Role], Term);

    private long Class(Sample sample) => sample.Sequence.Count(letter => letter is 'G' or 'C') >= options.Threshold * sample.Sequence.Length
        ? 1 : 0;
}
