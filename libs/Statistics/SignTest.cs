using MathNet.Numerics.Distributions;

namespace PluginHost.Libs.Statistics;

/// <summary>The exact sign test.</summary>
public static class SignTest
{
    /// <summary>Two-sided p: how likely a split at least as uneven is when both sides are equally good.</summary>
    /// <param name="first">Samples that speak for the one.</param>
    /// <param name="second">Samples that speak for the other.</param>
    public static double P(int first, int second) =>
        Math.Min(1, 2 * Binomial.CDF(0.5, first + second, Math.Min(first, second)));
}
