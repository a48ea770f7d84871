using System.Globalization;
using PluginHost.Libs.Figures;
using PluginHost.Libs.Tools;

namespace PluginHost.Plugins.Interpret.Embeddings;

/// <summary>Writes a map of vectors and how well classes are separated in it.</summary>
/// <param name="options">Validated.</param>
/// <param name="title">Model and layer.</param>
/// <param name="samples">In the order of the vectors.</param>
/// <param name="classes">Names.</param>
/// <param name="labels">Class of each.</param>
internal sealed class EmbeddingResults(EmbeddingOptions options, string title, IReadOnlyList<Sample> samples, IReadOnlyList<string> classes,
    int[] labels)
{
    // As many as there are colours.
    private const int MostDrawn = 6;

    private readonly Page page = new($"Embeddings of {title}");

    /// <summary>The map.</summary>
    public void Map(ResultFolder folder, PrincipalComponents components)
    {
        using (var table = folder.Write("coordinates.tsv"))
        {
            table.WriteLine($"# {title}, {options.Pooling.ToString().ToLowerInvariant()}\n# share of the variance: "
                + string.Join(", ", components.Shares.Select(s => s.ToString("0.####", CultureInfo.InvariantCulture)))
                + "\n# start, end: of the sequence on the chromosome's forward strand, 0-based, half-open; empty where it is not known");
            table.WriteLine($"id\tchromosome\tstart\tend\tstrand\t{options.By}"
                + string.Concat(components.Shares.Select((_, k) => $"\tpc{k + 1}")));
            for (var n = 0; n < samples.Count; n++)
            {
                var place = samples[n].Place is { } at ? string.Create(CultureInfo.InvariantCulture,
                    $"{at.Chromosome}\t{at.Start}\t{at.End}\t{at.Strand}") : "\t\t\t";
                table.WriteLine($"{samples[n].Id}\t{place}\t{classes[labels[n]]}" + string.Concat(components.Coordinates[n].Select(x =>
                    string.Create(CultureInfo.InvariantCulture, $"\t{x:g6}"))));
            }
        }
        var svg = Draw(components);
        folder.Add("map.svg", svg);
        page.Note($"{samples.Count:N0} sequences by {options.By}; vectors by {options.Pooling.ToString().ToLowerInvariant()}.")
            .Heading("Principal components").Figure(svg, "The first two components of the vectors, one point a sequence.");
    }

    /// <summary>The separation of each kind of vectors.</summary>
    public void Separation(ResultFolder folder, IReadOnlyList<(string Name, Neighbourhood Of)> kinds, IReadOnlyList<int> neighbours,
        ToolContext context)
    {
        var table = new ResultTable("", ["vectors", "k", "accuracy", "by chance", "p", "MCC", "silhouette"]);
        foreach (var (name, of) in kinds)
            foreach (var k in neighbours)
            {
                var (accuracy, matthews, chance, p) = of.Separation(k);
                table.Add(name, $"{k}", Number(accuracy), Number(chance), Number(p), Number(matthews), Number(of.Silhouette));
            }
        folder.Add("separation.tsv", string.Concat(table.Rows.Prepend(table.Columns.Select(c => c.Replace(' ', '_')))
            .Select(r => string.Join('\t', r) + "\n")));
        context.Show(table);
        page.Heading("Neighbours").Table(table.Columns, table.Rows)
            .Say($"The class of a sequence as most of its k nearest neighbours have it ({options.Distance.ToString().ToLowerInvariant()} "
                + "distance), itself left out. By chance: the mean over 100 orders of the classes, and p the share of orders that do as "
                + "well. Shuffled weights are the same architecture with the numbers of each weight in random order; words are the shares "
                + $"of the {SequenceVectors.Word}-mers of a sequence. What these two separate as well, the model has not learnt.");
    }

    /// <summary>The page.</summary>
    public string Html() => page.Html();

    private string Draw(PrincipalComponents components)
    {
        var order = Enumerable.Range(0, classes.Count).OrderByDescending(c => labels.Count(l => l == c)).ToList();
        var drawn = order.Count <= MostDrawn ? order : order[..(MostDrawn - 1)];
        string Axis(int k) => string.Create(CultureInfo.InvariantCulture,
            $"component {k + 1} ({100 * components.Shares[k]:0.#} % of variance)");
        var second = components.Shares.Length > 1 ? 1 : 0;
        var points = Enumerable.Range(0, samples.Count).ToLookup(n => drawn.Contains(labels[n]) ? labels[n] : -1,
            n => (components.Coordinates[n][0], components.Coordinates[n][second]));
        return Chart.Points(new("", Axis(0), Axis(second)) { Height = 480 },
            [.. drawn.Order().Select(c => new Series(classes[c], [.. points[c]])),
                .. points.Contains(-1) ? [new Series($"{order.Count - drawn.Count} others", [.. points[-1]])] : (Series[])[]]);
    }

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : "-";
}
