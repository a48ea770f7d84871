using System.Globalization;
using PluginHost.Host.Records;
using PluginHost.Libs.Statistics;

namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>
/// What pretraining did, over all data sets of a benchmark: each model beside the same from random weights, with an exact sign test on the
/// test samples that only one of the two gets right, and the false discovery rate over the data sets (Benjamini and Hochberg 1995).
/// </summary>
public static class PretrainingTable
{
    private const double Level = 0.01;

    /// <summary>A table for each model and metric; none for models that were not compared with random weights.</summary>
    public static IEnumerable<ResultTable> Of(BenchmarkResults results) =>
        from model in results.Models
        from sets in results.DataSets.GroupBy(d => (d.Metric, d.Scale))
        let rows = sets.Select(s => (Set: s, Row: s.Models.FirstOrDefault(r => r.Name == model && r.TrainedOn is null)))
            .Where(r => r.Row?.FromRandomWeights is not null).Select(r => (r.Set, Row: r.Row!, Random: r.Row!.FromRandomWeights!)).ToList()
        where rows.Count > 0
        select Table(model, BenchmarkTables.Heading(sets.Key.Metric, sets.Key.Scale), rows);

    private static ResultTable Table(string model, string heading, List<(DataSetResult Set, ScoredRow Row, ScratchFigures Random)> rows)
    {
        var table = new ResultTable($"What pretraining did for {model}: {heading} on the test split",
            ["data set", $"pretrained: {heading}", $"from random weights: {heading}", "only one right", "of them pretrained", "sign test p",
                $"q over {rows.Count} data sets"]);
        var p = rows.Select(r => SignTest.P(r.Random.OnlyPretrained, r.Random.OnlyRandom)).ToList();
        var q = BenjaminiHochberg.Adjust(p);
        for (var i = 0; i < rows.Count; i++)
        {
            var (set, row, random) = rows[i];
            table.Add(
            [
                set.Name, BenchmarkTables.Cell(row.Metrics.GetValueOrDefault(set.Metric), set.Scale),
                BenchmarkTables.Cell(random.Metrics.GetValueOrDefault(set.Metric), set.Scale),
                Count(random.OnlyPretrained + random.OnlyRandom), Count(random.OnlyPretrained), PValue.Text(p[i]), PValue.Text(q[i]),
            ]);
        }
        string[] For(bool pretrained) => [.. rows.Where((r, i) => q[i] < Level
            && r.Random.OnlyPretrained > r.Random.OnlyRandom == pretrained).Select(r => r.Set.Name)];
        table.Notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"q < {Level}: {Named(For(true), rows.Count, "for pretraining")}; {Named(For(false), rows.Count, "against it")}."));
        if (rows.Exists(r => r.Row.Metrics.GetValueOrDefault(r.Set.Metric)?.Values.Count > 1))
            table.Notes.Add("A test sample counts once for each seed.");
        return table;
    }

    private static string Named(string[] sets, int all, string which) => sets.Length == 0 ? $"none {which}"
        : string.Create(CultureInfo.InvariantCulture, $"{sets.Length} of {all} {which} ({string.Join(", ", sets)})");

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
