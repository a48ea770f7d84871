using PluginHost.Host.Pipelines.Settings;

namespace PluginHost.Host.Pipelines;

/// <summary>What a stage does.</summary>
public enum StageKind
{
    /// <summary>Trains backbone and heads on unlabelled sequences.</summary>
    Pretrain,

    /// <summary>Trains on labelled sequences, from the backbone the stages before left.</summary>
    Finetune,

    /// <summary>Scores a split with the model the stages before left.</summary>
    Evaluate,

    /// <summary>Writes predictions for unlabelled sequences.</summary>
    Predict,

    /// <summary>Uses a tool, which is written under the tool's own name.</summary>
    Tool,
}

/// <summary>One stage of a pipeline.</summary>
public sealed record StageDefinition
{
    /// <summary>What it does: the key it is written under.</summary>
    public required StageKind Kind { get; init; }

    /// <summary><c>name:</c>; defaults to the kind, with a number when it repeats.</summary>
    public required string Name { get; init; }

    /// <summary><c>data:</c>; null only for evaluate and predict, which then use the last training stage's.</summary>
    public ComponentSpec? Data { get; init; }

    /// <summary><c>split:</c> of evaluate and predict. Default test.</summary>
    public Split Split { get; init; } = Split.Test;

    /// <summary><c>objective:</c>; null only for evaluate and predict, which then use the last training stage's.</summary>
    public ComponentSpec? Objective { get; init; }

    /// <summary><c>train:</c> of pretrain and finetune.</summary>
    public TrainOptions Train { get; init; } = new();

    /// <summary><c>metrics:</c>; the objective's defaults when empty.</summary>
    public IReadOnlyList<ComponentSpec> Metrics { get; init; } = [];

    /// <summary>
    /// <c>baselines:</c> whether the objective's trivial predictors are fitted and scored beside the model. Default true for pretrain and
    /// evaluate.
    /// </summary>
    public bool Baselines { get; init; }

    /// <summary>
    /// <c>compareWithScratch:</c> of finetune: the same stage is also trained from random weights, and evaluate shows both. Default false.
    /// </summary>
    public bool CompareWithScratch { get; init; }

    /// <summary>
    /// <c>learningRates:</c> of finetune: the stage is trained at each, every time from the same weights, and what is best on dev is kept;
    /// so is its comparison from random weights. Empty for the one of <c>train:</c>.
    /// </summary>
    public IReadOnlyList<double> LearningRates { get; init; } = [];

    /// <summary>
    /// <c>scratchLearningRate:</c> of finetune: the learning rate of that comparison, so that each of the two has the one that is best for
    /// it on dev; null for that of <c>train:</c>.
    /// </summary>
    public double? ScratchLearningRate { get; init; }

    /// <summary><c>heldOut: none</c>: that what is scored or chosen on was trained on is meant.</summary>
    public bool NothingHeldOut { get; init; }

    /// <summary><c>breakdown:</c> of evaluate: what the figures are broken down by.</summary>
    public IReadOnlyList<string> Breakdown { get; init; } = Records.Breakdown.Usual;

    /// <summary>The tool of a stage that uses one, with its options.</summary>
    public ComponentSpec? Tool { get; init; }

    /// <summary>Where it was written, for messages: a file and YAML path.</summary>
    public required string Origin { get; init; }
}
