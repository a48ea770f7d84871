using System.Globalization;
using PluginHost.Libs.Figures;
using PluginHost.Libs.Motifs;
using PluginHost.Libs.Tools;

namespace PluginHost.Plugins.Interpret.Vocabularies;

/// <summary>Writes what tokens and motifs have in common.</summary>
/// <param name="options">Validated.</param>
/// <param name="model">Its name.</param>
/// <param name="tokens">Those compared.</param>
/// <param name="motifs">The collection.</param>
internal sealed class CompareResults(CompareOptions options, string model, IReadOnlyList<PlainToken> tokens, IReadOnlyList<Motif> motifs)
{
    private const string Columns = "motif\tname\tstrand\toffset\toverlap\tp\tq";

    /// <summary>Writes all of it.</summary>
    /// <param name="folder">Receives it.</param>
    /// <param name="found">Of the tokens.</param>
    /// <param name="shuffled">Of the tokens with their bases in random order.</param>
    /// <param name="nullColumns">Of which p-values are made.</param>
    /// <param name="context">Is shown the numbers.</param>
    public void Write(ResultFolder folder, TokenComparison found, TokenComparison shuffled, int nullColumns, ToolContext context)
    {
        var hits = found.Hits;
        Tokens(folder, found, hits);
        using (var table = folder.Write("hits.tsv"))
        {
            Head(table);
            table.WriteLine($"id\ttoken\t{Columns}");
            foreach (var hit in hits) table.WriteLine($"{tokens[hit.Token].Id}\t{tokens[hit.Token].Text}\t{Cells(hit.Match)}");
        }
        Motifs(folder, hits);
        var numbers = new ResultTable("", ["", "tokens", "with a motif", "hits", "motifs with a token", "of motifs"]);
        foreach (var (name, of) in ((string, IReadOnlyList<TokenMatch>)[])[("vocabulary", hits),
            ("bases of each token shuffled", shuffled.Hits)])
            numbers.Add(name, $"{tokens.Count}", $"{of.Select(h => h.Token).Distinct().Count()}", $"{of.Count}",
                $"{of.Select(h => h.Match.Target.Id).Distinct().Count()}", $"{motifs.Count}");
        numbers.Notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"Hits have a q of at most {options.MostFalse:g3}, of each token over the motifs, by {options.ColumnScore}; the null is "
            + $"{nullColumns:N0} columns{(nullColumns < 200 ? ", few: p is coarse" : "")}."));
        context.Show(numbers);
        var page = new Page($"Tokens of {model} and known motifs").Note(numbers.Notes[0]).Table(numbers.Columns, numbers.Rows)
            .Say("A vocabulary that has learnt sites has more hits than the same tokens with their bases in random order.").Heading("Hits");
        Draw(folder, page, hits);
        folder.Add("report.html", page.Html());
    }

    private void Tokens(ResultFolder folder, TokenComparison found, IReadOnlyList<TokenMatch> hits)
    {
        var counts = hits.GroupBy(h => h.Token).ToDictionary(g => g.Key, g => g.Count());
        using var table = folder.Write("tokens.tsv");
        Head(table);
        table.WriteLine($"id\ttoken\tlength\tmotifs\t{Columns}");
        for (var t = 0; t < tokens.Count; t++)
            table.WriteLine($"{tokens[t].Id}\t{tokens[t].Text}\t{tokens[t].Text.Length}\t{counts.GetValueOrDefault(t)}\t"
                + Cells(found.Best[t]));
    }

    private void Motifs(ResultFolder folder, IReadOnlyList<TokenMatch> hits)
    {
        var of = hits.ToLookup(h => h.Match.Target.Id);
        using var table = folder.Write("motifs.tsv");
        table.WriteLine("motif\tname\twidth\tconsensus\ttokens\tsurest");
        foreach (var motif in motifs)
            table.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{motif.Id}\t{motif.Name}\t{motif.Width}\t{motif.Consensus}\t")
                + $"{of[motif.Id].Count()}\t{(of[motif.Id].FirstOrDefault() is { } first ? tokens[first.Token].Text : "")}");
    }

    private void Draw(ResultFolder folder, Page page, IReadOnlyList<TokenMatch> hits)
    {
        if (hits.Count == 0) page.Say("No token fits a motif that surely.");
        var drawn = hits.DistinctBy(h => h.Match.Target.Id).Take(options.Logos).ToList();
        for (var n = 0; n < drawn.Count; n++)
        {
            var (token, match) = (tokens[drawn[n].Token].Text, drawn[n].Match);
            var svg = AlignedLogo.Draw(token, match);
            folder.Add($"logos/{n + 1:0000}.svg", svg);
            page.Figure(svg, $"{token} and {match.Target.Id} {match.Target.Name}".TrimEnd()
                + $"{(match.IsReverse ? ", reverse complement" : "")}, q {Number(match.Q)}.");
        }
        var table = new ResultTable("", ["token", "motif", "name", "strand", "offset", "overlap", "p", "q"]);
        foreach (var hit in hits.Take(50))
            table.Add([tokens[hit.Token].Text, .. Cells(hit.Match).Split('\t')]);
        page.Table(table.Columns, table.Rows);
        if (hits.Count > table.Rows.Count) page.Note($"The first {table.Rows.Count} of {hits.Count:N0} hits; all are in hits.tsv.");
    }

    private void Head(StreamWriter table) => table.WriteLine($"# model: {model}\n# offset: where the motif begins, counted from the "
        + "token's first base; strand: of the motif\n# p: how likely a chance motif of the collection fits as well, over all offsets and "
        + $"both strands, by {options.ColumnScore}; q: of the token over the motifs (Benjamini and Hochberg)");

    private static string Cells(MotifMatch match) => string.Create(CultureInfo.InvariantCulture,
        $"{match.Target.Id}\t{match.Target.Name}\t{(match.IsReverse ? '-' : '+')}\t{match.Offset}\t{match.Overlap}\t")
        + $"{Number(match.P)}\t{Number(match.Q)}";

    private static string Number(double value) => value.ToString("g3", CultureInfo.InvariantCulture);
}
