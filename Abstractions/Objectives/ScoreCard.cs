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

    /// <summary>The trivial predictors its figures are printed beside.</summary>
    public IReadOnlyList<IBaseline> Baselines { get; init; } = [];
}
