using PluginHost.Libs.Statistics;

namespace PluginHost.Plugins.Metrics;

/// <summary>
/// Area under the precision-recall curve as average precision. Two classes: of class 1. More: the mean over the classes that
/// have items, each against the rest. Labels that each hold or do not: the mean over those that hold for some item.
/// </summary>
internal sealed class AveragePrecision() : ProbabilityMetric("auprc")
{
    /// <inheritdoc/>
    public override MetricUse Usual => MetricUse.TwoClasses | MetricUse.EachClass;

    /// <inheritdoc/>
    protected override double OfLabel(float[] probabilities, bool[] positive) => Ranking.AveragePrecision(probabilities, positive);

    /// <inheritdoc/>
    protected override double Compute(IReadOnlyList<int> truths, IReadOnlyList<float[]> rows, int classes)
    {
        return classes == 2 ? Of(1) : truths.Distinct().Order().Average(Of);

        double Of(int c)
        {
            var (scores, positive) = Column(truths, rows, c);
            return Ranking.AveragePrecision(scores, positive);
        }
    }
}
