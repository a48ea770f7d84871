namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers F1 of the positive class as <c>f1-binary</c>.</summary>
public sealed class BinaryF1BuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, NoOptions>(
        "f1-binary",
        (_, _) => new ClassRate("f1-binary", (m, c) => m.F1(c), new() { Average = Average.Binary }),
        "F1 of class 1 of two.");
}
