using System.Globalization;
using PluginHost.Libs.Figures;
using PluginHost.Libs.Motifs;
using PluginHost.Libs.Tools;

namespace PluginHost.Plugins.Interpret.Motifs;

/// <summary>Writes motifs: matrices, tables, sites, logos and a page.</summary>
/// <param name="options">Validated.</param>
/// <param name="model">Its name.</param>
internal sealed class MotifResults(MotifOptions options, string model)
{
    /// <summary>Writes all of it.</summary>
    public void Write(ResultFolder folder, IReadOnlyList<FoundMotif> found, IReadOnlyList<Positive> positives, int negatives,
        IReadOnlyList<Motif>? known, ToolContext context)
    {
        var motifs = found.Select(f => f.Motif).ToList();
        folder.Add("motifs.meme", MemeFormat.Write(motifs));
        folder.Add("motifs.jaspar", JasparFormat.Write(motifs));
        var page = new Page($"Motifs of {options.By} = {options.Class}, {model}");
        page.Note($"{positives.Count:N0} positives, {negatives:N0} negatives; regions by "
            + (options.Scores is null ? "attention" : $"the scores of {options.Scores}"));
        var table = new ResultTable("", ["motif", "consensus", "width", "sites", "word", "positives", "negatives", "p", "q"]);
        foreach (var f in found)
            table.Add(f.Motif.Id, f.Motif.Consensus, $"{f.Motif.Width}", $"{f.Sites.Count}", f.Word, $"{f.Positives}", $"{f.Negatives}",
                Number(f.P), Number(f.Q));
        if (found.Count == 0) table.Notes.Add("No word of the regions is enriched among the positives.");
        folder.Add("motifs.tsv", Text(table));
        page.Table(table.Columns, table.Rows);
        context.Show(table);
        foreach (var f in found)
        {
            var svg = SequenceLogo.OfFrequencies(f.Motif.Id, f.Motif.Frequencies_WA);
            folder.Add($"{f.Motif.Id}.svg", svg);
            page.Figure(svg, $"{f.Motif.Id}: {f.Motif.Consensus}, {f.Sites.Count:N0} sites.");
        }
        Sites(folder, found, positives);
        if (known is not null && found.Count > 0) Compare(folder, found, known, page, context);
        folder.Add("report.html", page.Html());
    }

    private static void Sites(ResultFolder folder, IReadOnlyList<FoundMotif> found, IReadOnlyList<Positive> positives)
    {
        using (var table = folder.Write("sites.tsv"))
        {
            table.WriteLine("# coordinates: 0-based, half-open, in the sequence as it was read");
            table.WriteLine("motif\tid\tstart\tend\tstrand");
            foreach (var f in found)
                foreach (var s in f.Sites)
                    table.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{f.Motif.Id}\t{positives[s.Sequence].Sample.Id}\t{s.Start}\t{s.End}\t{(s.IsReverse ? '-' : '+')}"));
        }
        var placed = found.SelectMany(f => f.Sites.Select(s => (f.Motif.Id, Site: s, positives[s.Sequence].Sample)))
            .Select(x => (x.Id, x.Site, Place: x.Sample.Place?.Within(x.Site.Start, x.Site.End, x.Sample.Sequence.Length)))
            .Where(x => x.Place is not null)
            .OrderBy(x => x.Place!.Chromosome, StringComparer.Ordinal).ThenBy(x => x.Place!.Start).ToList();
        if (placed.Count == 0) return;
        using var bed = folder.Write("sites.bed");
        bed.WriteLine("# coordinates: 0-based, half-open (BED)");
        foreach (var (id, site, place) in placed)
            bed.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{place!.Chromosome}\t{place.Start}\t{place.End}\t{id}\t0\t{(place.Strand == '-' ^ site.IsReverse ? '-' : '+')}"));
    }

    private void Compare(ResultFolder folder, IReadOnlyList<FoundMotif> found, IReadOnlyList<Motif> known, Page page, ToolContext context)
    {
        var comparison = new MotifComparison(known, options.ColumnScore);
        var table = new ResultTable("Known motifs", ["motif", "known", "name", "strand", "offset", "overlap", "p", "q"]);
        foreach (var f in found)
            foreach (var match in comparison.Match(f.Motif).Take(5))
                table.Add(f.Motif.Id, match.Target.Id, match.Target.Name, match.IsReverse ? "-" : "+", $"{match.Offset}",
                    $"{match.Overlap}",
                    Number(match.P), Number(match.Q));
        table.Notes.Add($"The best five of each by {options.ColumnScore}; q over the {known.Count:N0} known motifs; the null is "
            + $"{comparison.Columns:N0} columns{(comparison.Columns < 200 ? ", few: p is coarse" : "")}.");
        folder.Add("known.tsv", Text(table));
        page.Heading("Known motifs").Table(table.Columns, table.Rows).Note(table.Notes[0]);
        context.Show(table);
    }

    private static string Text(ResultTable table) =>
        string.Concat(table.Rows.Prepend(table.Columns).Select(r => string.Join('\t', r) + "\n"));

    private static string Number(double value) => value.ToString("g3", CultureInfo.InvariantCulture);
}
