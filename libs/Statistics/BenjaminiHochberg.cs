namespace PluginHost.Libs.Statistics;

/// <summary>The false discovery rate of many tests (Benjamini and Hochberg 1995).</summary>
public static class BenjaminiHochberg
{
    /// <summary>
    /// Adjusted p-values (q): the smallest false discovery rate at which each test would be called. In the order given; NaN stays NaN and
    /// counts as no test.
    /// </summary>
    public static double[] Adjust(IReadOnlyList<double> p)
    {
        var tested = Enumerable.Range(0, p.Count).Where(i => !double.IsNaN(p[i])).OrderByDescending(i => p[i]).ToArray();
        var adjusted = p.ToArray();
        var least = 1.0;
        for (var i = 0; i < tested.Length; i++)
        {
            least = Math.Min(least, p[tested[i]] * tested.Length / (tested.Length - i));
            adjusted[tested[i]] = least;
        }
        return adjusted;
    }
}
