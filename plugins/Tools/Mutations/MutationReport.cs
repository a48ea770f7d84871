using PluginHost.Libs.Figures;
using PluginHost.Libs.Tools;

namespace PluginHost.Plugins.Mutations;

/// <summary>Writes metrics.tsv, sites.tsv, rates.svg and report.html.</summary>
/// <param name="options">Validated.</param>
/// <param name="model">Its name.</param>
/// <param name="noise">The second model's; null without one.</param>
internal sealed class MutationReport(MutationsOptions options, string model, string? noise)
{
    private readonly Page page = new($"Mutations: {model}");

    /// <summary>Writes what the truth is needed for.</summary>
    public void Compare(ResultFolder folder, Comparison comparison)
    {
        using (var metrics = folder.Write("metrics.tsv"))
        {
            CandidateTables.Line(metrics, "pairs", "count", "predictor", "figure", "value", "low", "high");
            foreach (var (part, rows) in comparison.Parts)
                foreach (var row in rows)
                    for (var f = 0; f < row.Figures.Count; f++)
                        CandidateTables.Line(metrics, part, row.Cases.Count, row.Name, Figures.Names[f], row.Figures[f].Value,
                            row.Figures[f].Low, row.Figures[f].High);
        }
        foreach (var (part, rows) in comparison.Parts)
            page.Heading($"{char.ToUpperInvariant(part[0])}{part[1..]}: {rows[0].Cases.Count:N0}").Table(["predictor", .. Figures.Names],
                [.. rows.Select(r => (IReadOnlyList<string>)[r.Name, .. r.Figures.Select(Comparison.Show)])]);
        page.Note($"Shares in per cent, edit distances (LD) in bases, with the 95 % interval of {options.Resamples} resamples of the "
            + "pairs. Top-1: the first candidate is the child, base by base; top-5: one of the first five is. Precision and recall are "
            + "over the sites that the first candidate and the child change, and over what becomes of them. " + comparison.Limit);
        Rates(folder, comparison);
    }

    /// <summary>Writes the page.</summary>
    public void Finish(ResultFolder folder, IReadOnlyList<Expectation> expected)
    {
        page.Heading("How").Say($"{options.Beams} beams for each of {expected.Count:N0} different parents, "
            + (noise is null ? "ranked by log-probability." : $"ranked by the probability of sequencing noise that {noise} gives them, the "
                + "least first."));
        folder.Add("report.html", page.Html());
    }

    /// <summary>Share of pairs with a mutation at each site: true ones, and those of the model's first candidate.</summary>
    private void Rates(ResultFolder folder, Comparison comparison)
    {
        var cases = comparison.Parts[0].Rows[0].Cases;
        var sites = comparison.Pairs.Max(p => p.Parent.Length);
        var (there, expected) = (new double[sites + 1], new double[sites + 1]);
        foreach (var one in cases)
        {
            foreach (var site in Edit.Between(one.Pair.Parent, one.Pair.Child).Select(e => e.Position).Distinct()) there[site]++;
            foreach (var site in Edit.Between(one.Pair.Parent, one.Ranked[0]).Select(e => e.Position).Distinct()) expected[site]++;
        }
        using (var table = folder.Write("sites.tsv"))
        {
            CandidateTables.Line(table, "position", "true", "predicted", "pairs");
            for (var site = 0; site <= sites; site++)
                if (there[site] + expected[site] > 0)
                    CandidateTables.Line(table, site, (int)there[site], (int)expected[site], cases.Count);
        }
        (double, double) Share(double[] counts, int site) => (site, 100 * counts[site] / cases.Count);
        var svg = Chart.Lines(new("Mutations along the sequence", "position (from 1)", "% of pairs"),
        [
            new("true", [.. Enumerable.Range(1, sites).Select(s => Share(there, s))]),
            new("predicted", [.. Enumerable.Range(1, sites).Select(s => Share(expected, s))]),
        ]);
        folder.Add("rates.svg", svg);
        page.Heading("Mutations along the sequence").Figure(svg, "Share of the pairs with a mutation at each position of the parent: of "
            + "the true child, and of the model's first candidate.");
    }
}
