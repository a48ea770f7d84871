namespace PluginHost.Libs.Statistics;

/// <summary>Pearson's correlation of pairs that come one by one, or in parts that are joined.</summary>
public struct PearsonSums
{
    private double x, y, xx, yy, xy;

    /// <summary>Pairs, or the sum of their weights.</summary>
    public double Weight { get; private set; }

    /// <summary>The mean of the first values.</summary>
    public readonly double MeanX => x / Weight;

    /// <summary>The mean of the second.</summary>
    public readonly double MeanY => y / Weight;

    /// <summary>The correlation; NaN where one side does not vary.</summary>
    public readonly double Correlation
    {
        get
        {
            var (a, b) = (xx - x * x / Weight, yy - y * y / Weight);
            return a > 0 && b > 0 ? Math.Clamp((xy - x * y / Weight) / Math.Sqrt(a * b), -1, 1) : double.NaN;
        }
    }

    /// <summary>Takes a pair.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other.</param>
    /// <param name="weight">How many pairs it stands for.</param>
    public void Add(double first, double second, double weight = 1)
    {
        Weight += weight;
        x += weight * first;
        y += weight * second;
        xx += weight * first * first;
        yy += weight * second * second;
        xy += weight * first * second;
    }

    /// <summary>Takes those of another.</summary>
    public void Add(PearsonSums other)
    {
        Weight += other.Weight;
        x += other.x;
        y += other.y;
        xx += other.xx;
        yy += other.yy;
        xy += other.xy;
    }
}
