using PluginHost.Libs.Statistics;

namespace PluginHost.Plugins.Metrics;

/// <summary>Matthews correlation: 1 perfect, 0 no better than chance (see <see cref="ConfusionMatrix.Matthews"/>).</summary>
internal sealed class MatthewsCorrelation : IMetric
{
    private readonly ConfusionMatrix counts = new();

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <inheritdoc/>
    public MetricUse Usual => MetricUse.TwoClasses | MetricUse.ManyClasses;

    /// <inheritdoc/>
    public void Add(Scored scored)
    {
        foreach (var (truth, predicted) in scored.Classes("mcc")) counts.Add(truth, predicted);
    }

    /// <inheritdoc/>
    public double Value => counts.Matthews;
}
