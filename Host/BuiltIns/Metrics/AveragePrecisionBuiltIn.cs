namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Offers <see cref="AveragePrecision"/> as <c>auprc</c>.</summary>
public sealed class AveragePrecisionBuiltIn : IBuiltIn
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<IMetric, NoOptions>(
        "auprc",
        (_, _) => new AveragePrecision(),
        "Area under the precision-recall curve (average precision); mean over classes when there are more than two; mean over labels when a sample has several.");
}
