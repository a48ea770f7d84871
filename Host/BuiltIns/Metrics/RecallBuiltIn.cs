namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers recall as <c>recall</c>.</summary>
public sealed class RecallBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, AverageOptions>(
        "recall",
        (options, _) => new ClassRate("recall", (m, c) => m.Recall(c), options),
        "Share of a class's items that are found; macro average unless set.");
}
