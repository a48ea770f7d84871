namespace PluginHost.Libs.Statistics;

/// <summary>Pearson's correlation of pairs that come one by one, or in parts that are joined.</summary>
public struct PearsonSums
{
    private double x, y, xx, yy, xy;

    /// <summary>Pairs.</summary>
    public long Count { get; private set; }

    /// <summary>The mean of the first values.</summary>
    public readonly double MeanX => x / Count;

    /// <summary>The mean of the second.</summary>
    public readonly double MeanY => y / Count;

    /// <summary>The correlation; NaN where one side does not vary.</summary>
    public readonly double Correlation
    {
        get
        {
            var (a, b) = (xx - x * x / Count, yy - y * y / Count);
            return a > 0 && b > 0 ? Math.Clamp((xy - x * y / Count) / Math.Sqrt(a * b), -1, 1) : double.NaN;
        }
    }

    /// <summary>Takes a pair.</summary>
    public void Add(double first, double second)
    {
        Count++;
        x += first;
        y += second;
        xx += first * first;
        yy += second * second;
        xy += first * second;
    }

    /// <summary>Takes those of another.</summary>
    public void Add(PearsonSums other)
    {
        Count += other.Count;
        x += other.x;
        y += other.y;
        xx += other.xx;
        yy += other.yy;
        xy += other.xy;
    }
}
