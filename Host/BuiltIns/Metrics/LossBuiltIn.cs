namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers <see cref="Loss"/> as <c>loss</c>.</summary>
public sealed class LossBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, LossOptions>(
        "loss",
        (options, _) => new Loss(options),
        "What the optimiser minimises, or one of its terms, as a mean over targets; lower is better.");
}
