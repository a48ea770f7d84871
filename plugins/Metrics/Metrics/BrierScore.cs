namespace PluginHost.Plugins.Metrics;

/// <summary>
/// Mean squared difference between probabilities and the truth (Brier 1950). Two classes: of class 1, between 0 and 1. More:
/// summed over the classes, between 0 and 2. Labels that each hold or do not: the mean over them.
/// </summary>
internal sealed class BrierScore() : ProbabilityMetric("brier")
{
    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    protected override double OfLabel(float[] probabilities, bool[] positive) =>
        probabilities.Zip(positive, (p, holds) => (p - (holds ? 1.0 : 0.0)) * (p - (holds ? 1.0 : 0.0))).Average();

    /// <inheritdoc/>
    protected override double Compute(IReadOnlyList<int> truths, IReadOnlyList<float[]> rows, int classes)
    {
        var sum = 0.0;
        for (var i = 0; i < rows.Count; i++)
            for (var c = classes == 2 ? 1 : 0; c < classes; c++)
            {
                var difference = rows[i][c] - (truths[i] == c ? 1.0 : 0.0);
                sum += difference * difference;
            }
        return sum / rows.Count;
    }
}
