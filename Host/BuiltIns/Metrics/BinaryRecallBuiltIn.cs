namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers recall of the positive class as <c>recall-binary</c>.</summary>
public sealed class BinaryRecallBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, NoOptions>(
        "recall-binary",
        (_, _) => new ClassRate("recall-binary", (m, c) => m.Recall(c), new() { Average = Average.Binary }),
        "Recall of class 1 of two.");
}
