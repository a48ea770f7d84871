namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers precision of the positive class as <c>precision-binary</c>.</summary>
public sealed class BinaryPrecisionBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, NoOptions>(
        "precision-binary",
        (_, _) => new ClassRate("precision-binary", (m, c) => m.Precision(c), new() { Average = Average.Binary }),
        "Precision of class 1 of two.");
}
