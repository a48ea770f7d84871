namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers <see cref="Perplexity"/> as <c>perplexity</c>.</summary>
public sealed class PerplexityBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, LossOptions>(
        "perplexity",
        (options, _) => new Perplexity(options),
        "e to the mean cross-entropy of a target; lower is better.");
}
