namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers <see cref="Accuracy"/> as <c>accuracy</c>.</summary>
public sealed class AccuracyBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, NoOptions>(
        "accuracy",
        (_, _) => new Accuracy(),
        "Share of items whose class is predicted right.");
}
