namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers Pearson's correlation as <c>pearson</c>.</summary>
public sealed class PearsonBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, NoOptions>(
        "pearson",
        (_, _) => new OutputMetric("pearson", higherIsBetter: true, Correlation.Pearson),
        "Pearson's correlation of real-valued outputs with their targets; the mean over outputs when there are several.");
}
