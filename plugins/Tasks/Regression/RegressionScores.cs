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
    public Scored Of(string[] ids, float[,] outputs, float[,] targets)
    {
        var (loss, known) = (0.0, 0L);
        for (var n = 0; n < ids.Length; n++)
            for (var c = 0; c < targets.GetLength(1); c++)
            {
                if (float.IsNaN(targets[n, c])) continue;
                known++;
                loss += Loss(((double)outputs[n, c] - targets[n, c]) / options.TargetDeviations[c]);
            }
        return new()
        {
            Ids = ids,
            Outputs = outputs,
            Targets = known == 0 ? null : targets,
            Losses = known == 0 ? [] : [new(Term, loss, known, 1)],
        };
    }

    private double Loss(double error) => options.Loss switch
    {
        RegressionLoss.Absolute => Math.Abs(error),
        RegressionLoss.Huber => Math.Abs(error) <= 1 ? error * error / 2 : Math.Abs(error) - 0.5,
        _ => error * error,
    };
}
