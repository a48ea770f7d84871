using System.Globalization;
using PluginHost.Libs.Genomics.Haplotypes;
using PluginHost.Libs.Tools;
using PluginHost.Plugins.Population.Linkage;

namespace PluginHost.Plugins.Population.Report;

/// <summary>The tables of a comparison as TSV.</summary>
/// <param name="folder">To write into.</param>
/// <param name="comparison">Computed.</param>
/// <param name="sites">Where the SNPs are; null where that is not known.</param>
internal sealed class CompareFiles(ResultFolder folder, Comparison comparison, IReadOnlyList<HaplotypeSite>? sites)
{
    private IEnumerable<string> Names => comparison.All.Select(s => s.Name);

    /// <summary>Writes all.</summary>
    public void Write()
    {
        Table("figures.tsv", ["set", "figure", "value", "low", "high", "n"], comparison.Figures.Select(f =>
            (string[])[f.Set, f.Name, Number(f.Value), Number(f.Low), Number(f.High), $"{f.Count}"]));
        Table("allele-frequencies.tsv", ["snp", .. sites is null ? [] : (string[])["chromosome", "position"], .. Names],
            Enumerable.Range(0, comparison.All[0].Width).Select(s => (string[])[$"{s + 1}",
                .. sites is null ? [] : (string[])[sites[s].Chromosome, $"{sites[s].Position + 1}"],
                .. comparison.All.Select(set => Number(set.Frequency(s)))]));
        var total = comparison.LinkageTotal;
        Table("ld-decay.tsv", ["unit", "from", "to", "pairs", .. Names],
        [
            .. Decay("snps", comparison.Linkage.Near, total.BySites, total.SitePairs),
            .. comparison.Linkage.Far is { } far ? Decay("bases", far, total.ByBases, total.BasePairs) : [],
        ]);
        Table("ld-map.tsv", ["first", "second", "pairs", .. Names], Map());
        Table("distances.tsv", ["kind", "set", "distance", "pairs"],
        [
            .. comparison.Within.SelectMany((counts, s) => Counts("within", comparison.All[s].Name, counts, 2)),
            .. comparison.Between.SelectMany((counts, s) => Counts("between", comparison.All[s + 1].Name, counts, 1)),
        ]);
        Table("nearest.tsv", ["set", "distance", "haplotypes"], comparison.Nearest.SelectMany((nearest, s) => nearest.CountBy(d => d)
            .OrderBy(c => c.Key).Select(c => (string[])[comparison.All[s].Name, $"{c.Key}", $"{c.Value}"])));
        Table("pca.tsv", ["set", "haplotype", .. comparison.Axes.Shares.Select((_, k) => $"pc{k + 1}")], Laid(),
            "# share of the variance: " + string.Join(", ", comparison.Axes.Shares.Select(Number)) + "\n");
    }

    private IEnumerable<string[]> Laid()
    {
        foreach (var (s, set) in comparison.All.Index())
        {
            var rows = new int[set.Count];
            for (var row = 0; row < rows.Length; row++) rows[set.Order[row]] = row;
            for (var place = 0; place < rows.Length; place++)
                yield return [set.Name, set.Names[place], .. comparison.Laid[s].Select(k => Number(k[rows[place]]))];
        }
    }

    private IEnumerable<string[]> Map()
    {
        for (var row = 0; row < comparison.LinkageMap.Length; row++)
            for (var column = row; column < comparison.Linkage.Cells; column++)
                if (comparison.LinkageMap[row].MapPairs[column] is > 0 and var pairs)
                    yield return [$"{row + 1}", $"{column + 1}", $"{pairs}",
                        .. comparison.All.Select((_, s) => Number(comparison.LinkageMap[row].Map[s, column] / pairs))];
    }

    private IEnumerable<string[]> Decay(string unit, DistanceBins bins, double[,] sums, long[] pairs)
    {
        for (var b = 0; b < bins.Count; b++)
            if (pairs[b] > 0)
                yield return [unit, $"{bins.Edges[b]}", $"{bins.Edges[b + 1] - 1}", $"{pairs[b]}",
                    .. comparison.All.Select((_, s) => Number(sums[s, b] / pairs[b]))];
    }

    private static IEnumerable<string[]> Counts(string kind, string set, long[] counts, int times)
    {
        for (var d = 0; d < counts.Length; d++)
            if (counts[d] > 0) yield return [kind, set, $"{d}", $"{counts[d] / times}"];
    }

    private void Table(string name, IReadOnlyList<string> columns, IEnumerable<string[]> rows, string comment = "")
    {
        using var writer = folder.Write(name);
        writer.Write(comment);
        writer.WriteLine(string.Join('\t', columns));
        foreach (var row in rows) writer.WriteLine(string.Join('\t', row));
    }

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("G6", CultureInfo.InvariantCulture) : "";
}
