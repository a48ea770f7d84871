namespace PluginHost;

/// <summary>Accumulates scored batches into one figure.</summary>
public interface IMetric
{
    /// <summary>Whether larger is better: which way best-model selection goes.</summary>
    bool HigherIsBetter { get; }

    /// <summary>Takes a batch in.</summary>
    /// <exception cref="UsageException">The objective does not give what the metric needs.</exception>
    void Add(Scored scored);

    /// <summary>The figure over everything added; NaN where it is undefined.</summary>
    double Value { get; }

    /// <summary>
    /// The figure of each class or output, axis C, where <see cref="Value"/> is a mean over them; NaN where it is undefined. Empty where
    /// there is none.
    /// </summary>
    IReadOnlyList<double> PerOutput => [];

    /// <summary>Where it is shown, with its default options, although nobody named it.</summary>
    MetricUse Usual => MetricUse.None;

    /// <summary>
    /// Trivial predictors that the figure is to be read beside, after the objective's own (<see cref="ScoreCard.Baselines"/>); one of a
    /// name that is there already is left out. Default none.
    /// </summary>
    IReadOnlyList<IBaseline> Baselines => [];

    /// <summary>The figure of one class against all others, for <see cref="MetricUse.EachClass"/>; NaN where it is undefined.</summary>
    /// <param name="c">From 0; may be a class that nothing added is of.</param>
    double OfClass(int c) => double.NaN;
}
