using System.Globalization;
using PluginHost.Libs.Attribution;
using PluginHost.Libs.Figures;
using PluginHost.Libs.Tools;

namespace PluginHost.Plugins.Interpret.Attribution;

/// <summary>What attributions of all sequences have in common.</summary>
/// <param name="model">Its name.</param>
/// <param name="attributor">What made them.</param>
/// <param name="steps">Of integrated gradients.</param>
internal sealed class AttributionReport(string model, Attributor attributor, int steps)
{
    private readonly IReadOnlyList<string> columns = attributor.Columns;
    private readonly List<double>[,] agreement = new List<double>[attributor.Columns.Count, attributor.Columns.Count];
    private readonly List<double> gaps = [];
    private readonly List<(string Svg, string Caption)> logos = [];
    private readonly List<(string Stage, double[] Means)> stages = [];

    /// <summary>Agreement with what the same methods say once weights are shuffled; without rows where that was not tried.</summary>
    public ResultTable Check { get; } =
        new("Agreement with shuffled weights (Spearman)", ["shuffled", "method", "mean", "95 % interval", "sequences"]);

    /// <summary>Takes a sequence in.</summary>
    public void Add(Attributed found)
    {
        for (var a = 0; a < columns.Count; a++)
            for (var b = 0; b < columns.Count; b++)
                (agreement[a, b] ??= []).Add(Agreement.Of(found.Columns[columns[a]], found.Columns[columns[b]]));
        if (float.IsFinite(found.Gap)) gaps.Add(Math.Abs(found.Gap));
    }

    /// <summary>Draws the logos of a sequence.</summary>
    public void Draw(ResultFolder folder, Attributed found, string path)
    {
        foreach (var column in columns)
        {
            var name = $"{found.Sample.Id}: {column}, {attributor.OutputName(found.Target)}";
            var svg = SequenceLogo.OfContributions(name, found.Sample.Sequence, [.. found.Columns[column].Select(v => (double)v)], column,
                first: 0);
            folder.Add($"{path}-{column}.svg", svg);
            logos.Add((svg, name));
        }
    }

    /// <summary>Compares with what the same methods say once weights are shuffled.</summary>
    /// <param name="stage">Which weights, beside those of the stages before.</param>
    /// <param name="pairs">Each sequence before and after.</param>
    public void Shuffled(string stage, IReadOnlyList<(Attributed Trained, Attributed Shuffled)> pairs)
    {
        var means = new double[columns.Count];
        for (var c = 0; c < columns.Count; c++)
        {
            var column = columns[c];
            (means[c], var half, var count) =
                Agreement.Mean(pairs.Select(p => Agreement.Of(p.Trained.Columns[column], p.Shuffled.Columns[column])));
            Check.Add(stage, column, Number(means[c]), $"{Number(means[c] - half)} to {Number(means[c] + half)}", $"{count}");
        }
        stages.Add((stage, means));
    }

    /// <summary>Writes the tables of agreement.</summary>
    public void Write(ResultFolder folder)
    {
        foreach (var (name, table) in ((string, ResultTable)[])[("agreement.tsv", Agreements()), ("shuffled.tsv", Check)])
            if (table.Rows.Count > 0)
                folder.Add(name, string.Concat(table.Rows.Prepend(table.Columns.Select(c => c.Replace(' ', '_')))
                    .Select(r => string.Join('\t', r) + "\n")));
    }

    /// <summary>Agreement of each two methods.</summary>
    public ResultTable Agreements()
    {
        var table = new ResultTable("Agreement of methods (Spearman)", ["methods", "mean", "95 % interval", "sequences"]);
        for (var a = 0; a < columns.Count; a++)
            for (var b = a + 1; b < columns.Count; b++)
            {
                var (mean, half, count) = Agreement.Mean(agreement[a, b]);
                table.Add($"{columns[a]}, {columns[b]}", Number(mean), $"{Number(mean - half)} to {Number(mean + half)}", $"{count}");
            }
        return table;
    }

    /// <summary>The page.</summary>
    public string Html()
    {
        var page = new Page($"Attribution: {model}");
        foreach (var sentence in attributor.LeftOut) page.Note(sentence);
        page.Heading("Agreement of methods");
        var means = new double[columns.Count, columns.Count];
        for (var a = 0; a < columns.Count; a++)
            for (var b = 0; b < columns.Count; b++) means[a, b] = Agreement.Mean(agreement[a, b]).Mean;
        page.Figure(Chart.HeatMap(new("", "", "") { Height = 380 }, means, columns, columns, signed: true),
            "Spearman's rank correlation of the sizes of scores, without signs, over the bases of a sequence; mean over sequences.");
        Show(page, Agreements());
        if (gaps.Count > 0)
            page.Say(string.Create(CultureInfo.InvariantCulture,
                $"Integrated gradients start from {attributor.Start.ToString().ToLowerInvariant()} "
                + $"embeddings and take {steps} steps; their sums miss the change of the score by {gaps.Average():0.####} on average and "
                + $"{gaps.Max():0.####} at most (completeness gap, in units of the score)."));
        if (stages.Count > 0) Shuffled(page);
        page.Heading("Sequences");
        foreach (var (svg, caption) in logos) page.Figure(svg, caption);
        return page.Html();
    }

    private void Shuffled(Page page)
    {
        page.Heading("With shuffled weights");
        page.Say("The same architecture with the numbers of each weight in random order. A method whose scores stay alike (a correlation "
            + "near 1) shows the architecture or the sequence, and not what was learnt."
            + (stages.Count > 1 ? " Each stage is shuffled beside those before it, from the output to the input." : ""));
        if (stages.Count > 1)
        {
            var means = new double[columns.Count, stages.Count];
            for (var c = 0; c < columns.Count; c++)
                for (var s = 0; s < stages.Count; s++) means[c, s] = stages[s].Means[c];
            page.Figure(Chart.HeatMap(new("", "shuffled, and all to its left", "") { Height = 380 }, means, columns,
                [.. stages.Select(s => s.Stage)], signed: true),
                "Spearman's rank correlation with the trained model's scores, without signs.");
        }
        Show(page, Check);
    }

    private static void Show(Page page, ResultTable table) => page.Table(table.Columns, table.Rows);

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : "-";
}
