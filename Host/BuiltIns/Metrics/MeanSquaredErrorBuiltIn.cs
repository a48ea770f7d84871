namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers the mean squared error as <c>mse</c>.</summary>
public sealed class MeanSquaredErrorBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, NoOptions>(
        "mse",
        (_, _) => new OutputMetric("mse", higherIsBetter: false, Correlation.SquaredError),
        "Mean squared error of real-valued outputs; the mean over outputs when there are several; lower is better.");
}
