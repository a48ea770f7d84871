using PluginHost.Libs.Statistics;

namespace PluginHost.Libs.Attribution;

/// <summary>How alike two attributions of a sequence are.</summary>
public static class Agreement
{
    /// <summary>
    /// Spearman's rank correlation of the sizes, without signs, over the bases that both know; NaN where one is constant.
    /// </summary>
    public static double Of(IReadOnlyList<float> one, IReadOnlyList<float> other)
    {
        var known = Enumerable.Range(0, one.Count).Where(i => float.IsFinite(one[i]) && float.IsFinite(other[i])).ToList();
        if (known.Count < 3) return double.NaN;
        var a = Midranks.Of<float>(known.Select(i => Math.Abs(one[i])).ToArray());
        var b = Midranks.Of<float>(known.Select(i => Math.Abs(other[i])).ToArray());
        var (meanA, meanB) = (a.Average(), b.Average());
        var (ab, aa, bb) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return aa == 0 || bb == 0 ? double.NaN : ab / Math.Sqrt(aa * bb);
    }

    /// <summary>The mean with its 95 % interval by the normal distribution, over the sequences where it is known.</summary>
    public static (double Mean, double Half, int Count) Mean(IEnumerable<double> values)
    {
        var known = values.Where(double.IsFinite).ToList();
        if (known.Count == 0) return (double.NaN, double.NaN, 0);
        var mean = known.Average();
        var variance = known.Count < 2 ? double.NaN : known.Sum(v => (v - mean) * (v - mean)) / (known.Count - 1);
        return (mean, 1.96 * Math.Sqrt(variance / known.Count), known.Count);
    }
}
