namespace PluginHost.Plugins.Metrics;

/// <summary>Share of items whose predicted class is the true one.</summary>
/// <param name="name">For messages.</param>
/// <param name="tokensOnly">Refuses objectives that score samples.</param>
internal sealed class Accuracy(string name = "accuracy", bool tokensOnly = false) : IMetric
{
    private long correct, total;

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <inheritdoc/>
    public MetricUse Usual => tokensOnly ? MetricUse.None : MetricUse.TwoClasses | MetricUse.ManyClasses;

    /// <inheritdoc/>
    public void Add(Scored scored)
    {
        if (tokensOnly && scored.Ids.Count > 0) throw ScoredItems.Missing(name, "hidden tokens");
        foreach (var (truth, predicted) in scored.Classes(name))
        {
            total++;
            if (truth == predicted) correct++;
        }
    }

    /// <inheritdoc/>
    public double Value => total == 0 ? double.NaN : (double)correct / total;
}
