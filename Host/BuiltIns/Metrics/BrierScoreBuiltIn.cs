namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers <see cref="BrierScore"/> as <c>brier</c>.</summary>
public sealed class BrierScoreBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, NoOptions>(
        "brier",
        (_, _) => new BrierScore(),
        "Mean squared difference between probabilities and the truth; lower is better.");
}
