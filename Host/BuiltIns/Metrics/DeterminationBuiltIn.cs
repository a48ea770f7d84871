namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers the coefficient of determination as <c>r2</c>.</summary>
public sealed class DeterminationBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, NoOptions>(
        "r2",
        (_, _) => new OutputMetric("r2", higherIsBetter: true, Correlation.Determination),
        "Coefficient of determination of real-valued outputs: 0 is as good as the mean of the scored targets; the mean over outputs when there are several.");
}
