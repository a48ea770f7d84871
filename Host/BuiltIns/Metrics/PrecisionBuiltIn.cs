namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers precision as <c>precision</c>.</summary>
public sealed class PrecisionBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, AverageOptions>(
        "precision",
        (options, _) => new ClassRate("precision", (m, c) => m.Precision(c), options),
        "Share of a class's predictions that are right; macro average unless set.");
}
