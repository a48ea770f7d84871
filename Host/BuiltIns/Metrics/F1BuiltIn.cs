namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers F1 as <c>f1</c>.</summary>
public sealed class F1BuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, AverageOptions>(
        "f1",
        (options, _) => new ClassRate("f1", (m, c) => m.F1(c), options),
        "Harmonic mean of precision and recall; macro average unless set.");
}
