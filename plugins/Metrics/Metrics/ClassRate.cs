using PluginHost.Libs.Statistics;

namespace PluginHost.Plugins.Metrics;

/// <summary>Precision, recall or F1 under an average, with scikit-learn's conventions (a division by zero gives 0).</summary>
/// <param name="name">For messages.</param>
/// <param name="rate">The figure of one class.</param>
/// <param name="options">The average.</param>
/// <param name="usual">Where it is shown unasked.</param>
internal sealed class ClassRate(
    string name, Func<ConfusionMatrix, int, double> rate, AverageOptions options, MetricUse usual = MetricUse.None) : IMetric
{
    private readonly ConfusionMatrix counts = new();

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <inheritdoc/>
    public void Add(Scored scored)
    {
        foreach (var (truth, predicted) in scored.Classes(name)) counts.Add(truth, predicted);
        if (options.Average == Average.Binary && counts.Classes > 2)
            throw new UsageException($"The metric '{name}' with a binary average needs two classes, but there are at least "
                + $"{counts.Classes}; use 'average: macro'.");
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> PerOutput => options.Average == Average.Macro
        ? [.. Enumerable.Range(0, counts.Classes).Select(c => counts.Truly(c) + counts.Predicted(c) > 0 ? rate(counts, c) : double.NaN)]
        : [];

    /// <inheritdoc/>
    public MetricUse Usual => usual;

    /// <inheritdoc/>
    public double OfClass(int c) => rate(counts, c);

    /// <inheritdoc/>
    public double Value => counts.Total == 0 ? double.NaN : options.Average switch
    {
        Average.Binary => rate(counts, options.Positive),
        Average.Weighted => counts.Occurring.Sum(c => counts.Truly(c) * rate(counts, c)) / counts.Total,
        Average.Micro => counts.Accuracy,
        _ => counts.Occurring.Average(c => rate(counts, c)),
    };
}
