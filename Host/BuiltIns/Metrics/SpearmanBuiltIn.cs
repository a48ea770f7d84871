namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers Spearman's correlation as <c>spearman</c>.</summary>
public sealed class SpearmanBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, NoOptions>(
        "spearman",
        (_, _) => new OutputMetric("spearman", higherIsBetter: true, Correlation.Spearman),
        "Spearman's rank correlation of real-valued outputs with their targets; the mean over outputs when there are several.");
}
