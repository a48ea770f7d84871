namespace PluginHost.Plugins.DataTools.Noise;

/// <summary>Draws counts that scatter more than a Poisson's: a Poisson whose mean is itself drawn, from a gamma distribution.</summary>
internal static class NegativeBinomial
{
    private const double LargestMean = 30;

    /// <summary>Draws a count.</summary>
    /// <param name="mean">At least 0.</param>
    /// <param name="size">More than 0; the variance is mean + mean^2 / size.</param>
    /// <param name="random">The source of chance.</param>
    public static int Draw(double mean, double size, SeededRandom random) => mean <= 0 ? 0
        : Poisson(Gamma(size, random) * mean / size, random);

    /// <summary>A gamma variate of scale 1 (Marsaglia and Tsang 2000).</summary>
    private static double Gamma(double shape, SeededRandom random)
    {
        if (shape < 1) return Gamma(shape + 1, random) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = random.NextNormal();
            var v = Math.Pow(1 + c * x, 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < x * x / 2 + d - d * v + d * Math.Log(v)) return d * v;
        }
    }

    /// <summary>A Poisson variate by counting arrivals (Knuth), in parts small enough for it.</summary>
    private static int Poisson(double mean, SeededRandom random)
    {
        var count = 0;
        for (; mean > 0; mean -= LargestMean)
        {
            var limit = Math.Exp(-Math.Min(mean, LargestMean));
            for (var product = 1 - random.NextDouble(); product > limit; product *= 1 - random.NextDouble()) count++;
        }
        return count;
    }
}
