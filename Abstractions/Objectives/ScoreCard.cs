namespace PluginHost;

/// <summary>How an objective's results are judged and shown.</summary>
public sealed record ScoreCard
{
    /// <summary>Names of the metrics shown when the pipeline names none, in order. Default: loss.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = ["loss"];

    /// <summary>The metric models are chosen by when the pipeline names none. Default: loss.</summary>
    public string SelectionMetric { get; init; } = "loss";

    /// <summary>Names of the classes or outputs, axis C; empty for token objectives.</summary>
    public IReadOnlyList<string> OutputNames { get; init; } = [];

    /// <summary>
    /// What the outputs are in the words of Hugging Face's <c>problem_type</c>: <c>regression</c>, <c>single_label_classification</c> or
    /// <c>multi_label_classification</c>; null where none of these.
    /// </summary>
    public string? ProblemType { get; init; }

    /// <summary>
    /// What each output of the head is multiplied by, and what is then added, to be in the units of the data, axis C; empty where the
    /// objective shows outputs as the head gives them. An export puts it into the head's <see cref="Head.LastLinear"/>.
    /// </summary>
    public IReadOnlyList<OutputUnit> OutputUnits { get; init; } = [];

    /// <summary>What a user of the outputs must know beside that, in a sentence: a logarithm that was taken. Empty for nothing.</summary>
    public string OutputNote { get; init; } = "";

    /// <summary>The trivial predictors its figures are printed beside.</summary>
    public IReadOnlyList<IBaseline> Baselines { get; init; } = [];
}

/// <summary>A change of units: a value is <c>output * Scale + Offset</c>.</summary>
/// <param name="Scale">Not 0.</param>
/// <param name="Offset">In the units of the value.</param>
public readonly record struct OutputUnit(double Scale, double Offset);
