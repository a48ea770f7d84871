using PluginHost.Libs.Figures;
using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Haplotypes;
using PluginHost.Libs.Tools;
using PluginHost.Plugins.Population.Frequencies;
using PluginHost.Plugins.Population.Input;
using PluginHost.Plugins.Population.Linkage;

namespace PluginHost.Plugins.Population.Report;

/// <summary>The folder of a comparison: tables, figures, and a page with all of them.</summary>
/// <param name="options">Validated.</param>
/// <param name="comparison">Computed.</param>
/// <param name="training">What generators were trained on.</param>
/// <param name="sites">Where the SNPs are; null where that is not known.</param>
internal sealed class CompareReport(CompareOptions options, Comparison comparison, HaplotypeSet training,
    IReadOnlyList<HaplotypeSite>? sites)
{
    private readonly CompareTables tables = new(options, comparison);
    private readonly CompareFigures figures = new(comparison);
    private readonly HaplotypeSet real = comparison.All[0];

    /// <summary>For the console.</summary>
    public IReadOnlyList<ResultTable> Tables => [tables.Main()];

    /// <summary>Writes it.</summary>
    public void Write(ResultFolder folder)
    {
        new CompareFiles(folder, comparison, sites).Write();
        var page = new Page("Artificial haplotypes against real ones");
        page.Say($"{Wording.Counted(real.Count, "real haplotype")} of {Wording.Counted(real.Width, "SNP")} "
            + $"({string.Join(", ", options.Real.Select(f => Path.GetFileName(f)))}); "
            + string.Join("; ", comparison.All.Skip(1).Select(s => $"{s.Name}, {s.Count:N0}")) + ".");
        page.Say(training == real ? "No training haplotypes are given: copies and nearest haplotypes are those of the real ones."
            : $"Training haplotypes: {training.Count:N0} ({string.Join(", ", options.Train.Select(f => Path.GetFileName(f)))}).");
        foreach (var table in (ResultTable[])[tables.Main(), tables.Rest()])
            page.Heading(table.Title).Table(table.Columns, table.Rows);
        if (options.Bootstrap > 0)
            page.Note($"In brackets: 95 % intervals, from {options.Bootstrap:N0} draws of the haplotypes of both sets; of copies exact "
                + "binomial ones. What they cover: docs/population.md.");
        Components();
        page.Heading("Allele frequencies");
        Add("allele-frequencies.svg", figures.Frequencies(double.PositiveInfinity), "Each point is a SNP.");
        var rare = new FrequencyFigures(real, options.Rare).Rare;
        if (rare > 0)
            Add("allele-frequencies-rare.svg", figures.Frequencies(options.Rare),
                FormattableString.Invariant($"The {rare} SNPs whose allele 1 has a real frequency under {options.Rare}."));
        Linkage();
        page.Heading("Distances between haplotypes");
        Add("distances-within.svg", figures.Distances(true), "Pairs of haplotypes of one set.");
        Add("distances-between.svg", figures.Distances(false), "Pairs of an artificial and a real haplotype, beside pairs of real ones.");
        page.Heading("Nearest training haplotypes");
        Add("nearest.svg", figures.Nearest(), training == real
            ? "The nearest real haplotype of each; of a real one the nearest other."
            : "The nearest training haplotype of each. A set that lies left of the real ones is nearer to what its generator was shown "
                + "than new haplotypes are.");
        folder.Add("report.html", page.Html());

        void Components()
        {
            page.Heading("Principal components");
            for (var k = 0; k + 1 < comparison.Axes.Shares.Length; k += 2)
                Add($"pca-{k + 1}-{k + 2}.svg", figures.Components(k), $"Components {k + 1} and {k + 2} of the "
                    + (options.ComponentsOf == ComponentsOf.Real ? "real haplotypes, on which all are laid; "
                        : "haplotypes of all sets; ")
                    + $"within the lines lie {string.Join(", ", CompareFigures.Within.Select(w => $"{100 * w:0}"))} % of a set.");
        }

        void Linkage()
        {
            page.Heading("Linkage disequilibrium");
            var (scan, total) = (comparison.Linkage, comparison.LinkageTotal);
            if (scan.Varying < 2)
            {
                page.Note("Fewer than two SNPs have both alleles in all sets.");
                return;
            }
            var among = $"pairs of the {scan.Varying:N0} SNPs that have both alleles in all sets.";
            Add("ld-decay-snps.svg", figures.Decay("SNPs", scan.Near, total.BySites, total.SitePairs),
                $"Mean r2 by distance in SNPs, {among}");
            if (scan.Far is { } far)
                Add("ld-decay-bases.svg", figures.Decay("bases", far, total.ByBases, total.BasePairs),
                    $"Mean r2 by distance in bases on one chromosome, {among}");
            Add("ld-real.svg", figures.Map(0),
                $"r2 in the real haplotypes; colours end at {100 * CompareFigures.Clipped:0.0} % of the values.");
            for (var s = 1; s < comparison.All.Count; s++)
                Add($"ld-difference-{s}.svg", figures.Map(s),
                    $"r2 in {comparison.All[s].Name} less that in the real haplotypes: red is stronger. Colours end as above.");
        }

        void Add(string name, string svg, string caption)
        {
            folder.Add(name, svg);
            page.Figure(svg, caption);
        }
    }
}
