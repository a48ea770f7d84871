using PluginHost.Libs.Statistics;

namespace PluginHost.Plugins.Metrics;

/// <summary>
/// Area under the ROC curve. Two classes: of class 1. More: the mean over all pairs of classes, each taken as positive in
/// turn (Hand and Till 2001), which is scikit-learn's <c>multi_class="ovo", average="macro"</c>; pairs with a class that has
/// no items are left out. Labels that each hold or do not: the mean over those that do for some items and for others not.
/// </summary>
internal sealed class AreaUnderRoc() : ProbabilityMetric("auroc")
{
    /// <inheritdoc/>
    public override MetricUse Usual => MetricUse.TwoClasses | MetricUse.EachClass;

    /// <inheritdoc/>
    protected override double OfLabel(float[] probabilities, bool[] positive) => Ranking.AreaUnderRoc(probabilities, positive);

    /// <inheritdoc/>
    protected override double Compute(IReadOnlyList<int> truths, IReadOnlyList<float[]> rows, int classes)
    {
        if (classes == 2) return Of(1, null);
        var present = truths.Distinct().Order().ToArray();
        var (sum, pairs) = (0.0, 0);
        for (var i = 0; i < present.Length; i++)
            for (var j = i + 1; j < present.Length; j++)
            {
                var (a, b) = (present[i], present[j]);
                sum += (Of(a, t => t == a || t == b) + Of(b, t => t == a || t == b)) / 2;
                pairs++;
            }
        return pairs == 0 ? double.NaN : sum / pairs;

        double Of(int c, Func<int, bool>? pass)
        {
            var (scores, positive) = Column(truths, rows, c, pass);
            return Ranking.AreaUnderRoc(scores, positive);
        }
    }
}
