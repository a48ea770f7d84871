using System.Globalization;
using PluginHost.Libs.Figures;
using PluginHost.Plugins.Population.Linkage;

namespace PluginHost.Plugins.Population.Report;

/// <summary>Drawings of a comparison.</summary>
/// <param name="comparison">Computed.</param>
internal sealed class CompareFigures(Comparison comparison)
{
    /// <summary>Shares of a set's haplotypes within a line of the components' figures.</summary>
    public static readonly double[] Within = [0.25, 0.5, 0.75, 0.95];

    /// <summary>The share of a map's values that its colours tell apart.</summary>
    public const double Clipped = 0.995;

    private const int Bins = 80;

    /// <summary>Two components as lines of equal density.</summary>
    /// <param name="first">The first, from 0; the other is the next.</param>
    public string Components(int first) => Isolines.Draw(new("", Axis(first), Axis(first + 1)) { Height = 460 },
        [.. comparison.All.Select((set, s) => new Series(set.Name,
            [.. comparison.Laid[s][first].Zip(comparison.Laid[s][first + 1])]))], Within);

    /// <summary>Frequencies of allele 1 in a set by those in the real haplotypes.</summary>
    /// <param name="below">Only SNPs under this.</param>
    public string Frequencies(double below)
    {
        var real = comparison.All[0];
        return Chart.Points(new("", "frequency of allele 1, real", "frequency of allele 1") { Height = 420 },
            [.. comparison.All.Index().Skip(1).Select(n => new Series(n.Item.Name, [.. Enumerable.Range(0, real.Width)
                .Where(s => real.Frequency(s) < below).Select(s => (real.Frequency(s), n.Item.Frequency(s)))]) { Color = n.Index })]);
    }

    /// <summary>Mean r2 by distance; the axis along is its logarithm.</summary>
    public string Decay(string unit, DistanceBins bins, double[,] sums, long[] pairs)
    {
        int[] filled = [.. Enumerable.Range(0, bins.Count).Where(b => pairs[b] > 0)];
        return Chart.Lines(new("", $"log10 of the distance in {unit}", "mean r2"),
            [.. comparison.All.Select((set, s) => new Series(set.Name, [.. filled.Select(b => (Middle(b), sums[s, b] / pairs[b]))]))]);

        double Middle(int bin) => Math.Log10(Math.Sqrt((double)bins.Edges[bin] * (bins.Edges[bin + 1] - 1)));
    }

    /// <summary>r2 of the real haplotypes, or what a set's are more; means over squares of SNPs.</summary>
    /// <param name="set">0 for the real ones.</param>
    public string Map(int set)
    {
        var cells = comparison.Linkage.Cells;
        var values = new double[cells, cells];
        for (var row = 0; row < cells; row++)
            for (var column = row; column < cells; column++)
            {
                var (sums, pairs) = (comparison.LinkageMap[row].Map, comparison.LinkageMap[row].MapPairs[column]);
                values[row, column] = values[column, row] = pairs == 0 ? double.NaN
                    : (set == 0 ? sums[0, column] : sums[set, column] - sums[0, column]) / pairs;
            }
        Clip(values);
        var unit = comparison.All[0].Width == cells ? "SNP" : FormattableString.Invariant(
            $"SNPs, in steps of {(double)comparison.All[0].Width / cells:0.#}");
        return Chart.HeatMap(new("", unit, unit) { Width = 620, Height = 540 }, values, [], [], signed: set > 0);
    }

    /// <summary>A few neighbours with strong linkage would make all else white.</summary>
    private static void Clip(double[,] values)
    {
        double[] sorted = [.. values.Cast<double>().Where(double.IsFinite).Select(Math.Abs).Order()];
        if (sorted.Length == 0) return;
        var most = sorted[(int)(Clipped * (sorted.Length - 1))];
        for (var i = 0; i < values.GetLength(0); i++)
            for (var j = 0; j < values.GetLength(1); j++) values[i, j] = Math.Clamp(values[i, j], -most, most);
    }

    /// <summary>How many SNPs differ between haplotypes of a set, or between these and real ones.</summary>
    /// <param name="within">Which.</param>
    public string Distances(bool within)
    {
        List<(string, long[])> counts = [(comparison.All[0].Name, comparison.Within[0]), .. within
            ? comparison.All.Skip(1).Zip(comparison.Within.Skip(1), (s, c) => (s.Name, c))
            : comparison.All.Skip(1).Zip(comparison.Between, (s, c) => ($"{s.Name} to real", c))];
        return Shares(counts, "SNPs that differ", "share of pairs");
    }

    /// <summary>How far the nearest training haplotype is.</summary>
    public string Nearest() => Shares([.. comparison.All.Zip(comparison.Nearest, (set, nearest) =>
    {
        var counts = new long[set.Width + 1];
        foreach (var distance in nearest) counts[distance]++;
        return (set.Name, counts);
    })], "SNPs that differ from the nearest training haplotype", "share of haplotypes");

    private static string Shares(IReadOnlyList<(string Name, long[] Counts)> all, string along, string up)
    {
        var low = all.Min(a => Array.FindIndex(a.Counts, c => c > 0));
        var high = all.Max(a => Array.FindLastIndex(a.Counts, c => c > 0));
        var width = Math.Max(1, (high - low + Bins) / Bins);
        return Chart.Lines(new("", along, up), [.. all.Select(a => new Series(a.Name, [.. Enumerable.Range(0, (high - low) / width + 1)
            .Select(b => (low + (b + 0.5) * width - 0.5, Share(a.Counts, low + b * width, width)))]))]);
    }

    private static double Share(long[] counts, int from, int width) =>
        (double)counts.Skip(from).Take(width).Sum() / counts.Sum();

    private string Axis(int k) => string.Create(CultureInfo.InvariantCulture,
        $"component {k + 1} ({100 * comparison.Axes.Shares[k]:0.0} % of variance)");
}
