using MathNet.Numerics;

namespace PluginHost.Libs.Statistics;

/// <summary>The one-sided hypergeometric test of enrichment (Fisher's exact test).</summary>
public static class HypergeometricTest
{
    /// <summary>How likely at least so many of the drawn are special when the draw is blind.</summary>
    /// <param name="all">Size of the population.</param>
    /// <param name="special">How many of it are special.</param>
    /// <param name="drawn">How many are drawn, without putting back.</param>
    /// <param name="found">How many of those are special.</param>
    /// <returns>The upper tail, in full precision also where it is tiny.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More are special, drawn or found than there can be.</exception>
    public static double Upper(int all, int special, int drawn, int found)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(special, all);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(drawn, all);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(found, Math.Min(special, drawn));
        if (found <= Math.Max(0, drawn - (all - special))) return 1;
        var total = SpecialFunctions.BinomialLn(all, drawn);
        var sum = 0.0;
        for (var k = Math.Min(special, drawn); k >= found; k--)
            sum += Math.Exp(SpecialFunctions.BinomialLn(special, k) + SpecialFunctions.BinomialLn(all - special, drawn - k) - total);
        return Math.Min(1, sum);
    }
}
