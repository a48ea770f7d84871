namespace PluginHost.Plugins.MultiTaskDna;

/// <summary>1 - sum of squared errors / sum of squares about the mean, over every GC content scored.</summary>
internal sealed class GcDetermination : IMetric
{
    private double errors, sum, squares;
    private long count;

    public bool HigherIsBetter => true;

    public void Add(Scored scored)
    {
        if (scored.Outputs is not { } outputs || scored.Targets is not { } targets)
            throw new UsageException(
                "The metric 'gc-r2' needs real-valued predictions, which the objective does not give; it goes with dna-multitask.");
        for (var i = 0; i < targets.GetLength(0); i++)
        {
            double target = targets[i, 0], error = outputs[i, 0] - target;
            errors += error * error;
            sum += target;
            squares += target * target;
            count++;
        }
    }

    public double Value
    {
        get
        {
            var spread = count == 0 ? 0 : squares - sum * sum / count;
            return spread > 0 ? 1 - errors / spread : double.NaN;
        }
    }
}
