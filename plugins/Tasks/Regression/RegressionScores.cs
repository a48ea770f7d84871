namespace PluginHost.Plugins.Regression;

/// <summary>Predicted numbers as a scored batch; the model and every baseline go through here.</summary>
/// <param name="options">Means and deviations of the targets, and the loss.</param>
internal sealed class RegressionScores(RegressOptions options)
{
    /// <summary>Name of the loss.</summary>
    public const string Term = "regress";

    /// <summary>One batch.</summary>
    /// <param name="ids">Sample ids, axis N.</param>
    /// <param name="outputs">Predictions in the targets' own units, axes N C.</param>
    /// <param name="targets">Truths in the same, NaN where unknown, axes N C.</param>
    public Scored Of(string[] ids, float[,] outputs, float[,] targets) => ScoredItems.Values(
        ids, outputs, targets, Term, (output, target, c) => Loss(((double)output - target) / options.TargetDeviations[c]));

    private double Loss(double error) => options.Loss switch
    {
        RegressionLoss.Absolute => Math.Abs(error),
        RegressionLoss.Huber => Math.Abs(error) <= 1 ? error * error / 2 : Math.Abs(error) - 0.5,
        _ => error * error,
    };
}
