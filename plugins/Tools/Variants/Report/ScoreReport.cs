using System.Globalization;
using MathNet.Numerics.Statistics;
using PluginHost.Libs.Figures;
using PluginHost.Libs.Files;
using PluginHost.Libs.Tools;
using PluginHost.Plugins.Variants.Scoring;
using PluginHost.Plugins.Variants.Truth;

namespace PluginHost.Plugins.Variants.Report;

/// <summary>The page of scored variants, its figures as SVG and its tables as TSV beside it.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="model">The model's name.</param>
/// <param name="window">Bases of a window.</param>
/// <param name="columns">The scores.</param>
internal sealed class ScoreReport(ScoreOptions options, string model, int window, IReadOnlyList<ScoreColumn> columns)
{
    /// <summary>Whose folder it is.</summary>
    public const string Command = "variants score";

    private const int MostFigures = 12;

    /// <summary>Writes it.</summary>
    /// <param name="path">Of <see cref="ResultFolder.Check"/>.</param>
    /// <param name="summary">What was scored and what not.</param>
    /// <param name="drawn">Some of the scores.</param>
    /// <param name="truth">What was measured; null where nothing was.</param>
    /// <param name="comparisons">Scores against it.</param>
    public void Write(string path, ScoreSummary summary, DrawnScores drawn, TruthTable? truth, IReadOnlyList<TruthComparison> comparisons)
    {
        using var folder = ResultFolder.Begin(Command, path, options.Force);
        var page = new Page($"Variants scored by {model}");
        page.Say($"{Wording.Counted(summary.Scored, "allele")} of {Path.GetFileName(options.Variants)} on "
            + $"{Path.GetFileName(options.Genome)}, in windows of {Wording.Counted(window, "base")}"
            + $"{(options.BothStrands ? ", means over both strands" : "")}.");
        foreach (var sentence in summary.Warnings.Concat(summary.Remarks)) page.Say(sentence);
        Table("counts.tsv", summary.Counts);
        Table("scores.tsv", Scores(drawn));
        foreach (var (number, comparison) in comparisons.Index())
        {
            Table(number == 0 ? "truth.tsv" : "truth-outside-training.tsv", comparison.Table);
            if (comparison.First.Count > 0)
                Figure(number == 0 ? "truth.svg" : "truth-outside-training.svg",
                    Chart.Bars(new("", comparison.Figure, ""), comparison.First),
                    $"{comparison.Figure} of each score; the last ones need no model.");
        }
        page.Heading("Scores");
        foreach (var (c, column) in columns.Index().Take(MostFigures))
            if (truth is not { Alleles.Count: > 0 })
                Figure(Name(c, column), ScoreFigures.Histogram(column.Name, drawn.Rows.Select(r => r[c])), column.Formula + ".");
            else if (truth.IsBinary) Figure(Name(c, column), ScoreFigures.ByClass(column.Name, c, truth), column.Formula + ".");
            else Figure(Name(c, column), ScoreFigures.Scatter(column.Name, c, truth), column.Formula + ".");
        if (columns.Count > MostFigures) page.Note($"Drawn are the first {MostFigures} of {columns.Count} scores.");
        folder.Add("report.html", page.Html());
        folder.Commit();

        static string Name(int c, ScoreColumn column) =>
            $"{c + 1}-{string.Concat(column.Name.Select(l => char.IsAsciiLetterOrDigit(l) ? l : '_'))}.svg";

        void Table(string name, ResultTable table)
        {
            page.Heading(table.Title).Table(table.Columns, table.Rows);
            foreach (var note in table.Notes) page.Note(note);
            folder.Add(name, string.Concat(table.Rows.Prepend(table.Columns).Select(r => string.Join('\t', r) + "\n")));
        }

        void Figure(string name, string svg, string caption)
        {
            folder.Add(name, svg);
            page.Figure(svg, caption);
        }
    }

    private ResultTable Scores(DrawnScores drawn)
    {
        var table = new ResultTable("Scores", ["score", "mean", "standard deviation", "lowest", "highest", "what it is"]);
        foreach (var (c, column) in columns.Index())
        {
            double[] values = [.. drawn.Rows.Select(r => r[c]).Where(double.IsFinite)];
            table.Add([column.Name, .. ((double[])[values.Mean(), values.StandardDeviation(), values.Minimum(), values.Maximum()])
                .Select(v => double.IsNaN(v) ? "-" : v.ToString("G4", CultureInfo.InvariantCulture)), column.Formula]);
        }
        if (drawn.Seen > drawn.Rows.Count) table.Notes.Add($"By {drawn.Rows.Count:N0} alleles drawn from {drawn.Seen:N0}.");
        return table;
    }
}
