using MathNet.Numerics.Distributions;

namespace PluginHost.Libs.Statistics;

/// <summary>Two areas under the ROC curve on the same items, compared.</summary>
/// <param name="First">Area of the first model's scores.</param>
/// <param name="Second">Area of the second's.</param>
/// <param name="FirstError">Standard error of the first area.</param>
/// <param name="SecondError">Standard error of the second.</param>
/// <param name="DifferenceError">Standard error of first - second, their correlation counted in.</param>
/// <param name="Z">Difference over its standard error; NaN where the error is 0.</param>
/// <param name="P">Two-sided; 1 where the scores rank alike, NaN where the error is 0 and the areas differ.</param>
public sealed record DeLongResult(double First, double Second, double FirstError, double SecondError, double DifferenceError, double Z,
    double P);

/// <summary>
/// DeLong's test of two correlated areas under the ROC curve (DeLong, DeLong and Clarke-Pearson 1988), by midranks (Sun and Xu 2014): O(n
/// log n).
/// </summary>
public static class DeLong
{
    /// <summary>Compares two models' scores of the same items.</summary>
    /// <param name="first">Higher means positive; axis N.</param>
    /// <param name="second">Of the same items.</param>
    /// <param name="positive">The truth.</param>
    /// <returns>Null when there are fewer than two positives or two negatives, or a score is NaN.</returns>
    public static DeLongResult? Compare(ReadOnlySpan<float> first, ReadOnlySpan<float> second, ReadOnlySpan<bool> positive)
    {
        var positives = positive.Count(true);
        if (positives < 2 || positive.Length - positives < 2) return null;
        foreach (var score in first) if (float.IsNaN(score)) return null;
        foreach (var score in second) if (float.IsNaN(score)) return null;
        var (a, b) = (Components.Of(first, positive), Components.Of(second, positive));
        var (varianceA, varianceB, shared) = (a.Covariance(a), b.Covariance(b), a.Covariance(b));
        var difference = a.Area - b.Area;
        // The three cancel exactly when both rank alike; rounding must not make that a huge Z.
        var variance = varianceA + varianceB - 2 * shared;
        if (variance < 1e-14) variance = 0;
        var error = Math.Sqrt(variance);
        var z = error > 0 ? difference / error : double.NaN;
        var p = error > 0 ? 2 * Normal.CDF(0, 1, -Math.Abs(z)) : difference == 0 ? 1 : double.NaN;
        return new(a.Area, b.Area, Math.Sqrt(varianceA), Math.Sqrt(varianceB), error, z, p);
    }

    /// <summary>The structural components: how each positive stands among the negatives, and each negative among the positives.</summary>
    private sealed record Components(double[] OfPositives, double[] OfNegatives, double Area)
    {
        public static Components Of(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positive)
        {
            List<float> highs = [], lows = [];
            for (var i = 0; i < scores.Length; i++) (positive[i] ? highs : lows).Add(scores[i]);
            var all = Midranks.Of([.. highs, .. lows]);
            var (amongHighs, amongLows) = (Midranks.Of([.. highs]), Midranks.Of([.. lows]));
            var ofPositives = new double[highs.Count];
            for (var i = 0; i < highs.Count; i++) ofPositives[i] = (all[i] - amongHighs[i]) / lows.Count;
            var ofNegatives = new double[lows.Count];
            for (var j = 0; j < lows.Count; j++) ofNegatives[j] = 1 - (all[highs.Count + j] - amongLows[j]) / highs.Count;
            return new(ofPositives, ofNegatives, ofPositives.Average());
        }

        public double Covariance(Components other) =>
            MathNet.Numerics.Statistics.Statistics.Covariance(OfPositives, other.OfPositives) / OfPositives.Length
            + MathNet.Numerics.Statistics.Statistics.Covariance(OfNegatives, other.OfNegatives) / OfNegatives.Length;
    }
}
