using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Variants;
using PluginHost.Plugins.Variants.Scoring;

namespace PluginHost.Plugins.Variants.Truth;

/// <summary>Holds scores against what was measured, beside baselines that need no model.</summary>
/// <param name="columns">The scores.</param>
/// <param name="conservation">Whether a column of conservation is given.</param>
internal sealed class TruthTable(IReadOnlyList<ScoreColumn> columns, bool conservation)
{
    private const int Fewest = 3;
    private readonly List<MeasuredAllele> alleles = [];
    private readonly List<double[]> rows = [];

    /// <summary>The alleles in file order.</summary>
    public IReadOnlyList<MeasuredAllele> Alleles => alleles;

    /// <summary>Whether what was measured is 0 or 1.</summary>
    public bool IsBinary => alleles.TrueForAll(a => a.Effect is 0 or 1);

    /// <summary>Their scores: axes allele, column.</summary>
    public IReadOnlyList<double[]> Rows => rows;

    /// <summary>Takes an allele that was scored, if it was measured.</summary>
    public void Add(WindowPair pair, double[] scores, double effect, double known, bool inTraining)
    {
        if (!double.IsFinite(effect)) return;
        alleles.Add(MeasuredAllele.Of(pair, effect, known, inTraining));
        rows.Add(scores);
    }

    /// <summary>
    /// A table of all alleles, and one of those outside the training regions where some are inside: Pearson, Spearman and Pearson of the
    /// sizes, or where the truth is 0 and 1 AUROC and average precision, each with a 95 % bootstrap interval.
    /// </summary>
    public IEnumerable<TruthComparison> Compare(CancellationToken cancellation)
    {
        yield return Compare($"{Wording.Counted(alleles.Count, "measured allele")}", [.. Enumerable.Range(0, alleles.Count)], cancellation);
        int[] outside = [.. Enumerable.Range(0, alleles.Count).Where(a => !alleles[a].InTraining)];
        if (outside.Length >= Fewest && outside.Length < alleles.Count)
            yield return Compare($"{Wording.Counted(outside.Length, "measured allele")} outside --training", outside, cancellation);
    }

    private TruthComparison Compare(string title, int[] places, CancellationToken cancellation)
    {
        List<MeasuredAllele> some = [.. places.Select(p => alleles[p])];
        var blocks = new PositionBlocks(some);
        var figures = new TruthFigures([.. some.Select(a => a.Effect)], blocks.Positions);
        var table = new ResultTable(title, ["score", .. figures.Names.SelectMany(n => (string[])[n, "95 %"])]);
        if (some.Count < Fewest)
        {
            table.Notes.Add("Too few alleles have a number in the column of --truth.");
            return new(table, figures.Names[0], []);
        }
        var baselines = Baselines.Of(some, blocks, conservation, cancellation).ToList();
        List<double[]> all = [.. columns.Select((_, c) => places.Select(p => rows[p][c]).ToArray()), .. baselines.Select(b => b.Values)];
        List<string> names = [.. columns.Select(c => c.Name), .. baselines.Select(b => b.Name)];
        var results = figures.Of(all, cancellation);
        foreach (var (i, (name, row)) in names.Zip(results).Index())
            table.Add([i < columns.Count ? name : $"without a model: {name}",
                .. row.SelectMany(f => (string[])[Shown(f.Value), $"{Shown(f.Low)} to {Shown(f.High)}"])]);
        table.Notes.Add($"Intervals: percentiles of {figures.Resamples:N0} resamples of "
            + $"{Wording.Counted(blocks.Positions.Count, "position")}, with all alleles of each.");
        table.Notes.Add($"Baselines that learn are cross-validated by {Wording.Counted(blocks.Count, "block")} of neighbouring positions, "
            + "since neighbours share their windows.");
        if (!figures.IsBinary)
            table.Notes.Add("Pearson of sizes: of |truth| and |score|, for scores such as distances that tell no direction.");
        table.Notes.Add(string.Concat("Without a model: ", string.Join("; ", baselines.Select(b => $"{b.Name}, {b.Formula}")), "."));
        return new(table, figures.Names[0], [.. names.Zip(results, (name, row) => (name, row[0].Value))]);
    }

    private static string Shown(double value) => double.IsNaN(value) ? "-" : $"{value:0.000}";
}
