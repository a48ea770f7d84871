using PluginHost;
using PluginHost.Plugins.Metrics;

[assembly: Plugin(typeof(MetricsPlugin))]

namespace PluginHost.Plugins.Metrics;

/// <summary>Metrics of classes, of real-valued outputs, of hidden tokens and of losses.</summary>
public sealed class MetricsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        // In the order in which they are shown where nobody named them.
        catalog.Add<IMetric, NoOptions>("mcc", (_, _) => new MatthewsCorrelation(),
            "Matthews correlation, for any number of classes (Gorodkin 2004).");
        catalog.Add<IMetric, AverageOptions>("precision",
            (options, _) => new ClassRate("precision", (m, c) => m.Precision(c), options, MetricUse.EachClass),
            "Share of a class's predictions that are right; macro average unless set.");
        catalog.Add<IMetric, AverageOptions>("recall",
            (options, _) => new ClassRate("recall", (m, c) => m.Recall(c), options, MetricUse.EachClass),
            "Share of a class's items that are found; macro average unless set.");
        catalog.Add<IMetric, AverageOptions>("f1",
            (options, _) => new ClassRate("f1", (m, c) => m.F1(c), options,
                MetricUse.TwoClasses | MetricUse.ManyClasses | MetricUse.EachClass),
            "Harmonic mean of precision and recall; macro average unless set.");
        catalog.Add<IMetric, NoOptions>("accuracy", (_, _) => new Accuracy(), "Share of items whose class is predicted right.");
        catalog.Add<IMetric, NoOptions>("auroc", (_, _) => new AreaUnderRoc(),
            "Area under the ROC curve; mean over pairs of classes (Hand and Till 2001) when there are more than two; "
            + "mean over labels when a sample has several.");
        catalog.Add<IMetric, NoOptions>("auprc", (_, _) => new AveragePrecision(),
            "Area under the precision-recall curve (average precision); mean over classes when there are more than two; "
            + "mean over labels when a sample has several.");
        catalog.Add<IMetric, NoOptions>("brier", (_, _) => new BrierScore(),
            "Mean squared difference between probabilities and the truth; lower is better.");
        catalog.Add<IMetric, NoOptions>("precision-binary",
            (_, _) => new ClassRate("precision-binary", (m, c) => m.Precision(c), new() { Average = Average.Binary }),
            "Precision of class 1 of two.");
        catalog.Add<IMetric, NoOptions>("recall-binary",
            (_, _) => new ClassRate("recall-binary", (m, c) => m.Recall(c), new() { Average = Average.Binary }),
            "Recall of class 1 of two.");
        catalog.Add<IMetric, NoOptions>("f1-binary",
            (_, _) => new ClassRate("f1-binary", (m, c) => m.F1(c), new() { Average = Average.Binary }),
            "F1 of class 1 of two.");
        catalog.Add<IMetric, NoOptions>("masked-accuracy", (_, _) => new Accuracy("masked-accuracy", tokensOnly: true),
            "Share of hidden tokens that are predicted right.");
        catalog.Add<IMetric, NoOptions>("r2", (_, _) => new OutputMetric("r2", higherIsBetter: true, Correlation.Determination),
            "Coefficient of determination of real-valued outputs: 0 is as good as the mean of the scored targets; "
            + "the mean over outputs when there are several.");
        catalog.Add<IMetric, NoOptions>("pearson", (_, _) => new OutputMetric("pearson", higherIsBetter: true, Correlation.Pearson),
            "Pearson's correlation of real-valued outputs with their targets; the mean over outputs when there are several.");
        catalog.Add<IMetric, NoOptions>("spearman", (_, _) => new OutputMetric("spearman", higherIsBetter: true, Correlation.Spearman),
            "Spearman's rank correlation of real-valued outputs with their targets; the mean over outputs when there are several.");
        catalog.Add<IMetric, NoOptions>("mse", (_, _) => new OutputMetric("mse", higherIsBetter: false, Correlation.SquaredError),
            "Mean squared error of real-valued outputs; the mean over outputs when there are several; lower is better.");
        catalog.Add<IMetric, LossOptions>("loss", (options, _) => new Loss(options),
            "What the optimiser minimises, or one of its terms, as a mean over targets; lower is better.");
        catalog.Add<IMetric, LossOptions>("perplexity", (options, _) => new Perplexity(options),
            "e to the mean cross-entropy of a target; lower is better.");
    }
}
