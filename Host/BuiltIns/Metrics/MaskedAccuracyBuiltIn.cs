namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers <see cref="Accuracy"/> of hidden tokens as <c>masked-accuracy</c>.</summary>
public sealed class MaskedAccuracyBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, NoOptions>(
        "masked-accuracy",
        (_, _) => new Accuracy("masked-accuracy", tokensOnly: true),
        "Share of hidden tokens that are predicted right.");
}
