namespace PluginHost.Libs.Figures;

/// <summary>
/// The density of points on a grid, smoothed by a Gaussian kernel of 0.7 times Scott's width (1992), which keeps clusters apart.
/// </summary>
internal sealed class Density
{
    private const int Reach = 4;
    private const double Width = 0.7;

    /// <param name="points">At least two.</param>
    /// <param name="x">The grid's places along.</param>
    /// <param name="y">Its places up.</param>
    public Density(IReadOnlyList<(double X, double Y)> points, double[] x, double[] y)
    {
        var counts = new double[x.Length, y.Length];
        var (stepX, stepY) = (x[1] - x[0], y[1] - y[0]);
        foreach (var (px, py) in points)
            counts[Math.Clamp((int)Math.Round((px - x[0]) / stepX), 0, x.Length - 1),
                Math.Clamp((int)Math.Round((py - y[0]) / stepY), 0, y.Length - 1)]++;
        Values = Smooth(Smooth(counts, Kernel(points.Select(p => p.X), points.Count, stepX)), Kernel(points.Select(p => p.Y), points.Count,
            stepY));
    }

    /// <summary>Axes along, up; in points of a cell.</summary>
    public double[,] Values { get; }

    /// <summary>The level above which such a share of all lies.</summary>
    public double Level(double share)
    {
        double[] sorted = [.. Values.Cast<double>().OrderDescending()];
        var (all, sum) = (sorted.Sum(), 0.0);
        foreach (var value in sorted)
            if ((sum += value) >= share * all) return value;
        return 0;
    }

    private static double[] Kernel(IEnumerable<double> values, int count, double step)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        var width = Math.Max(0.7, Width * deviation * Math.Pow(count, -1.0 / 6) / step);
        var half = (int)Math.Ceiling(Reach * width);
        double[] kernel = [.. Enumerable.Range(-half, 2 * half + 1).Select(d => Math.Exp(-d * d / (2 * width * width)))];
        var sum = kernel.Sum();
        return [.. kernel.Select(k => k / sum)];
    }

    /// <summary>Along the first axis; the axes are exchanged, so that twice is both.</summary>
    private static double[,] Smooth(double[,] values, double[] kernel)
    {
        var (width, height, half) = (values.GetLength(0), values.GetLength(1), kernel.Length / 2);
        var smooth = new double[height, width];
        for (var i = 0; i < width; i++)
            for (var k = Math.Max(0, i - half); k <= Math.Min(width - 1, i + half); k++)
                for (var j = 0; j < height; j++) smooth[j, i] += values[k, j] * kernel[k - i + half];
        return smooth;
    }
}
