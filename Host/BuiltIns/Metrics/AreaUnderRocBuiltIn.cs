namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers <see cref="AreaUnderRoc"/> as <c>auroc</c>.</summary>
public sealed class AreaUnderRocBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, NoOptions>(
        "auroc",
        (_, _) => new AreaUnderRoc(),
        "Area under the ROC curve; mean over pairs of classes (Hand and Till 2001) when there are more than two; mean over labels when a sample has several.");
}
