using System.Globalization;
using PluginHost.Libs.Figures;
using PluginHost.Libs.Tools;

namespace PluginHost.Plugins.Interpret.GGrams;

/// <summary>Tables, heat map and page of what was counted.</summary>
/// <param name="model">Its name.</param>
/// <param name="reader">Knows texts.</param>
/// <param name="counts">By data set and split, in the order of the input.</param>
internal sealed class GGramReport(string model, GGramReader reader, IReadOnlyDictionary<(string DataSet, string Split), GGramCounts> counts)
{
    private readonly List<(string Name, GGramCounts Counts)> dataSets = [.. counts.GroupBy(c => c.Key.DataSet).Select(group =>
    {
        var all = new GGramCounts();
        foreach (var (_, one) in group) all.Add(one);
        return (group.Key, all);
    })];

    private readonly Page page = new($"G-grams of {model}");

    /// <summary>Writes counts and frequencies, and shows the counts.</summary>
    public void Write(ResultFolder folder, int top, ToolContext context)
    {
        var table = new ResultTable("",
            ["data set", "split", "sequences", "total", "distinct", "average", "without", "distinct of the lexicon"]);
        foreach (var ((dataSet, split), of) in counts)
            table.Add(dataSet, split.Length > 0 ? split : "-", $"{of.Sequences}", $"{of.Total}", $"{of.Distinct}",
                Number(of.Average, "0.00"), $"{of.Without}", Number((double)of.Distinct / reader.Lexicon, "0.0000"));
        folder.Add("counts.tsv", string.Concat(table.Rows.Prepend(table.Columns.Select(c => c.Replace(' ', '_')))
            .Select(r => string.Join('\t', r) + "\n")));
        context.Show(table);
        Frequencies(folder);
        page.Note($"The model knows {reader.Lexicon:N0} G-grams. Total counts each occurrence, average is occurrences a sequence, and "
            + "'without' counts sequences that hold none.").Heading("Counts").Table(table.Columns, table.Rows);
        HeatMap(folder, top);
    }

    /// <summary>A sequence with its G-grams.</summary>
    public void Case(string caption, string svg) => page.Figure(svg, caption);

    /// <summary>A heading.</summary>
    public void Heading(string text, string note) => page.Heading(text).Note(note);

    /// <summary>The page.</summary>
    public string Html() => page.Html();

    private void Frequencies(ResultFolder folder)
    {
        using var table = folder.Write("frequencies.tsv");
        table.WriteLine("# share: of all matches of the data set's split. sequences: that hold the G-gram.");
        table.WriteLine("data_set\tsplit\tggram\ttokens\tmatches\tshare\tsequences");
        foreach (var ((dataSet, split), of) in counts)
            foreach (var (id, (matches, sequences)) in of.Of.OrderByDescending(c => c.Value.Matches).ThenBy(c => c.Key))
                table.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{dataSet}\t{split}\t{id}\t{reader[id]}\t{matches}\t{of.Share(id):g6}\t{sequences}"));
    }

    private void HeatMap(ResultFolder folder, int top)
    {
        var each = (top + dataSets.Count - 1) / dataSets.Count;
        List<long> chosen = [];
        foreach (var (_, of) in dataSets)
            chosen.AddRange(of.Of.Where(c => !chosen.Contains(c.Key)).OrderByDescending(c => c.Value.Matches).ThenBy(c => c.Key)
                .Take(Math.Min(each, top - chosen.Count)).Select(c => c.Key).ToList());
        if (chosen.Count == 0)
        {
            page.Say("No sequence has a G-gram.");
            return;
        }
        var shares = new double[chosen.Count, dataSets.Count];
        for (var r = 0; r < chosen.Count; r++)
            for (var c = 0; c < dataSets.Count; c++) shares[r, c] = 100 * dataSets[c].Counts.Share(chosen[r]);
        var svg = Chart.HeatMap(new("", "", "") { Height = 120 + 16 * chosen.Count, Width = 420 + 60 * dataSets.Count }, shares,
            [.. chosen.Select(id => reader[id])], [.. dataSets.Select(d => d.Name)], signed: false);
        folder.Add("frequencies.svg", svg);
        page.Heading("Relative frequencies").Figure(svg, $"Share of a data set's matches, per cent, all its splits together: the "
            + $"most frequent G-grams of each data set, from the top as the data sets stand from the left; {chosen.Count} in all.");
    }

    private static string Number(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "-";
}
