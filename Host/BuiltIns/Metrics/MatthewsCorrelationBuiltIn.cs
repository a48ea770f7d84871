namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers <see cref="MatthewsCorrelation"/> as <c>mcc</c>.</summary>
public sealed class MatthewsCorrelationBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, NoOptions>(
        "mcc",
        (_, _) => new MatthewsCorrelation(),
        "Matthews correlation, for any number of classes (Gorodkin 2004).");
}
