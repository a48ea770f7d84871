using MathNet.Numerics.Distributions;

namespace PluginHost.Libs.Statistics;

/// <summary>What becomes of pairs without a difference.</summary>
public enum ZeroDifferences
{
    /// <summary>They are left out before ranking (Wilcoxon 1945).</summary>
    Drop,

    /// <summary>They are ranked and then left out (Pratt 1959), so that many of them weigh against a difference.</summary>
    Pratt,
}

/// <summary>Wilcoxon's signed-rank test of paired differences: are they centred on 0?</summary>
/// <param name="Pairs">Pairs with a difference.</param>
/// <param name="Zeros">Pairs without.</param>
/// <param name="Plus">Sum of the ranks of positive differences.</param>
/// <param name="Minus">Sum of the ranks of negative ones.</param>
/// <param name="P">Two-sided; 1 when no pair has a difference.</param>
/// <param name="Exact">Whether <paramref name="P"/> is exact, given the ranks as they are, ties included.</param>
/// <param name="Median">
/// The Hodges-Lehmann estimate: the median of the means of all pairs of differences, of each with itself too (beyond 2,000 differences
/// their plain median); NaN without any.
/// </param>
public sealed record WilcoxonSignedRank(int Pairs, int Zeros, double Plus, double Minus, double P, bool Exact, double Median)
{
    /// <summary>
    /// Up to this many pairs the distribution is worked out exactly; beyond, the normal approximation with its correction for ties differs
    /// from it by less than 0.001.
    /// </summary>
    public const int MostExact = 200;

    /// <summary>The smallest p there can be with so many pairs: all differences on one side.</summary>
    public static double LeastP(int pairs) => Math.Min(1, Math.Pow(2, 1 - pairs));

    /// <summary>Tests differences.</summary>
    /// <param name="differences">First - second; NaN is left out.</param>
    /// <param name="zeros">What becomes of zeros.</param>
    public static WilcoxonSignedRank Test(IEnumerable<double> differences, ZeroDifferences zeros = ZeroDifferences.Drop) =>
        Test(differences, zeros, MostExact);

    /// <summary>With another limit of the exact distribution.</summary>
    internal static WilcoxonSignedRank Test(IEnumerable<double> differences, ZeroDifferences zeros, int mostExact)
    {
        var all = differences.Where(d => !double.IsNaN(d)).ToArray();
        var none = all.Count(d => d == 0);
        var ranked = zeros == ZeroDifferences.Drop ? [.. all.Where(d => d != 0)] : all;
        var ranks = Midranks.Of([.. ranked.Select(Math.Abs)]);
        var kept = ranked.Zip(ranks).Where(p => p.First != 0).ToArray();
        var (plus, minus) = (kept.Where(p => p.First > 0).Sum(p => p.Second), kept.Where(p => p.First < 0).Sum(p => p.Second));
        var exact = kept.Length <= mostExact;
        var p = kept.Length == 0 ? 1 : exact ? Exactly([.. kept.Select(k => k.Second)], Math.Min(plus, minus)) : Approximately(kept, plus);
        return new(kept.Length, none, plus, minus, p, exact, Estimate(all));
    }

    /// <summary>
    /// The tail of the distribution over all 2^n signs. Midranks are halves at worst, so doubled ranks are whole numbers.
    /// </summary>
    private static double Exactly(double[] ranks, double smaller)
    {
        var doubled = ranks.Select(r => (int)Math.Round(2 * r)).ToArray();
        var chance = new double[doubled.Sum() + 1];
        chance[0] = 1;
        var reached = 0;
        foreach (var rank in doubled)
        {
            reached += rank;
            for (var sum = reached; sum >= 0; sum--) chance[sum] = (chance[sum] + (sum >= rank ? chance[sum - rank] : 0)) / 2;
        }
        var tail = 0.0;
        for (var sum = 0; sum <= (int)Math.Round(2 * smaller); sum++) tail += chance[sum];
        return Math.Min(1, 2 * tail);
    }

    private static double Approximately((double First, double Second)[] kept, double plus)
    {
        // Given the ranks, the sum of signed ranks has mean sum / 2 and variance sum of squares / 4: ties and Pratt's zeros are in the
        // ranks.
        var mean = kept.Sum(k => k.Second) / 2;
        var deviation = Math.Sqrt(kept.Sum(k => k.Second * k.Second) / 4);
        return 2 * Normal.CDF(0, 1, -Math.Abs(plus - mean) / deviation);
    }

    private static double Estimate(double[] differences)
    {
        if (differences.Length is 0 or > 2_000) return differences.Length == 0 ? double.NaN
            : MathNet.Numerics.Statistics.Statistics.Median(differences);
        var means = new List<double>();
        for (var i = 0; i < differences.Length; i++)
            for (var j = i; j < differences.Length; j++) means.Add((differences[i] + differences[j]) / 2);
        return MathNet.Numerics.Statistics.Statistics.Median(means);
    }
}
