using PluginHost.Libs.Figures;
using PluginHost.Plugins.Variants.Truth;

namespace PluginHost.Plugins.Variants.Report;

/// <summary>Drawings of one column of scores.</summary>
internal static class ScoreFigures
{
    private const int Bins = 40, MostPoints = 1500;

    // What lies beyond is counted in the outermost bins: a few extremes would squeeze all others into one.
    private const double Outer = 0.002;

    /// <summary>How many alleles have which score.</summary>
    public static string Histogram(string name, IEnumerable<double> scores) =>
        Shares(name, [("", scores.Where(double.IsFinite).ToArray())]);

    /// <summary>The same of alleles with a truth of 0 and of 1.</summary>
    public static string ByClass(string name, int column, TruthTable truth) => Shares(name,
        [.. ((double[])[0, 1]).Select(of => ($"truth {of:0}", truth.Alleles.Zip(truth.Rows)
            .Where(p => p.First.Effect == of && double.IsFinite(p.Second[column])).Select(p => p.Second[column]).ToArray()))]);

    /// <summary>Score by truth, of some alleles where there are many.</summary>
    public static string Scatter(string name, int column, TruthTable truth)
    {
        var every = (truth.Alleles.Count + MostPoints - 1) / MostPoints;
        return Chart.Points(new("", "truth", name) { Height = 280 },
            [new("", [.. truth.Alleles.Zip(truth.Rows, (a, row) => (a.Effect, row[column])).Where((_, i) => i % every == 0)])]);
    }

    private static string Shares(string name, IReadOnlyList<(string Of, double[] Scores)> series)
    {
        double[] all = [.. series.SelectMany(s => s.Scores).Order()];
        if (all.Length == 0) return Chart.Lines(new("", name, "share of alleles"), []);
        var (low, high) = (all[(int)(Outer * (all.Length - 1))], all[(int)Math.Ceiling((1 - Outer) * (all.Length - 1))]);
        if (high <= low) (low, high) = (low - 0.5, low + 0.5);
        return Chart.Lines(new("", name, "share of alleles") { Height = 240 }, [.. series.Select(s => new Series(s.Of, Line(s.Scores)))]);

        (double, double)[] Line(double[] scores)
        {
            var bins = new int[Bins];
            foreach (var score in scores) bins[Math.Clamp((int)((score - low) / (high - low) * Bins), 0, Bins - 1)]++;
            return [.. bins.Select((count, i) => (low + (i + 0.5) / Bins * (high - low), (double)count / Math.Max(1, scores.Length)))];
        }
    }
}
