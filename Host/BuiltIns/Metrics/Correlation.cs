namespace PluginHost.Host.BuiltIns.Metrics;

/// <summary>Figures of how well real-valued outputs agree with targets.</summary>
public static class Correlation
{
    /// <summary>Coefficient of determination: 1 less squared error over squared distance from the targets' own mean; 0 is as good as that mean, negative worse. NaN where all targets are equal.</summary>
    public static double Determination(float[] outputs, float[] targets)
    {
        var mean = targets.Average(t => (double)t);
        var (error, total) = (0.0, 0.0);
        for (var i = 0; i < targets.Length; i++)
        {
            error += ((double)outputs[i] - targets[i]) * ((double)outputs[i] - targets[i]);
            total += (targets[i] - mean) * (targets[i] - mean);
        }
        return total == 0 ? double.NaN : 1 - error / total;
    }

    /// <summary>Mean squared error, in the targets' units squared.</summary>
    public static double SquaredError(float[] outputs, float[] targets)
    {
        var sum = 0.0;
        for (var i = 0; i < targets.Length; i++) sum += ((double)outputs[i] - targets[i]) * ((double)outputs[i] - targets[i]);
        return sum / targets.Length;
    }

    /// <summary>Pearson's correlation; NaN where all outputs or all targets are equal.</summary>
    public static double Pearson(float[] outputs, float[] targets) => Pearson(Array.ConvertAll(outputs, o => (double)o), Array.ConvertAll(targets, t => (double)t));

    /// <summary>Spearman's rank correlation: Pearson's of midranks, so that ties count as ties; NaN where all outputs or all targets are equal.</summary>
    public static double Spearman(float[] outputs, float[] targets) => Pearson(Midranks(outputs), Midranks(targets));

    /// <summary>Ranks from 1; equal values share the mean of theirs.</summary>
    public static double[] Midranks(float[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((float[])values.Clone(), order);
        var ranks = new double[values.Length];
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]]) end++;
            for (var i = start; i < end; i++) ranks[order[i]] = (start + 1 + end) / 2.0;
            start = end;
        }
        return ranks;
    }

    private static double Pearson(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var (both, squaresA, squaresB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            both += (a[i] - meanA) * (b[i] - meanB);
            squaresA += (a[i] - meanA) * (a[i] - meanA);
            squaresB += (b[i] - meanB) * (b[i] - meanB);
        }
        return squaresA == 0 || squaresB == 0 ? double.NaN : both / Math.Sqrt(squaresA) / Math.Sqrt(squaresB);
    }
}
