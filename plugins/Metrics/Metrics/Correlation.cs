using MathNet.Numerics;
using PluginHost.Libs.Statistics;

namespace PluginHost.Plugins.Metrics;

/// <summary>Figures of how well real-valued outputs agree with targets.</summary>
internal static class Correlation
{
    /// <summary>
    /// Coefficient of determination: 1 less squared error over squared distance from the targets' own mean; 0 is as good as that mean,
    /// negative worse. NaN where all targets are equal.
    /// </summary>
    public static double Determination(float[] outputs, float[] targets) =>
        targets.Any(t => t != targets[0]) ? GoodnessOfFit.CoefficientOfDetermination(Doubles(outputs), Doubles(targets)) : double.NaN;

    /// <summary>Mean squared error, in the targets' units squared.</summary>
    public static double SquaredError(float[] outputs, float[] targets)
    {
        var sum = 0.0;
        for (var i = 0; i < targets.Length; i++) sum += ((double)outputs[i] - targets[i]) * ((double)outputs[i] - targets[i]);
        return sum / targets.Length;
    }

    /// <summary>Pearson's correlation; NaN where all outputs or all targets are equal.</summary>
    public static double Pearson(float[] outputs, float[] targets) =>
        MathNet.Numerics.Statistics.Correlation.Pearson(Doubles(outputs), Doubles(targets));

    /// <summary>
    /// Spearman's rank correlation: Pearson's of midranks, so that ties count as ties; NaN where all outputs or all targets are equal.
    /// </summary>
    public static double Spearman(float[] outputs, float[] targets) =>
        MathNet.Numerics.Statistics.Correlation.Pearson(Midranks.Of(outputs), Midranks.Of(targets));

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, v => (double)v);
}
