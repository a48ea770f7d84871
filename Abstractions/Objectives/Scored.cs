namespace PluginHost;

/// <summary>
/// What an objective hands to metrics for one batch: plain arrays on the CPU. Axes: N items, C classes or outputs. An item is a sample or,
/// for token objectives, a scored position.
/// </summary>
public sealed record Scored
{
    /// <summary>
    /// Sample ids, axis N, several items of a sample one behind the other; empty for token objectives that predict nothing of samples.
    /// </summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Row of the batch that each item belongs to, axis N, ascending; empty where items are the samples themselves.</summary>
    public IReadOnlyList<int> Rows { get; init; } = [];

    /// <summary>The bases each item stands for, axis N, where items are stretches of their samples; empty elsewhere.</summary>
    public IReadOnlyList<BaseSpan> Spans { get; init; } = [];

    /// <summary>True classes, axis N; null when there are none. Items with <see cref="Keys.Ignore"/> are left out by metrics.</summary>
    public int[]? Labels { get; init; }

    /// <summary>Predicted classes, axis N.</summary>
    public int[]? Predicted { get; init; }

    /// <summary>Class probabilities, axes N C, rows summing to 1.</summary>
    public float[,]? Probabilities { get; init; }

    /// <summary>Real-valued predictions, axes N C; for objectives with several labels a sample the probability of each.</summary>
    public float[,]? Outputs { get; init; }

    /// <summary>Real-valued truths, axes N C, NaN where unknown; for objectives with several labels a sample 0 or 1.</summary>
    public float[,]? Targets { get; init; }

    /// <summary>
    /// Losses as sums and counts: see <see cref="LossTerm"/>. Further named ones may be given for reporting, with weight 0.
    /// </summary>
    public IReadOnlyList<ScoredLoss> Losses { get; init; } = [];

    /// <summary>
    /// For token objectives the losses of each row of the batch by itself, in row order: the terms of <see cref="Losses"/> whose sums and
    /// counts add up to those of all rows. Empty where items are samples, or nothing is known of rows.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<ScoredLoss>> RowLosses { get; init; } = [];
}

/// <summary>A loss read back from the device.</summary>
/// <param name="Name">Term name.</param>
/// <param name="Sum">Sum over targets.</param>
/// <param name="Count">Number of targets.</param>
/// <param name="Weight">Weight in the total; 0 for figures that are only reported.</param>
public sealed record ScoredLoss(string Name, double Sum, long Count, double Weight);
