using System.Globalization;
using System.Text.Json;
using PluginHost.Host.Apps.Benchmarks;
using PluginHost.Host.Foundation;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;
using PluginHost.Libs.Statistics;

namespace PluginHost.Host.Apps.Comparisons;

/// <summary>
/// Compares models over the data sets of benchmarks: Wilcoxon's signed-rank test over all, and each data set's own tests, with Benjamini
/// and Hochberg's false discovery rate.
/// </summary>
/// <param name="predictions">Compares on one data set.</param>
/// <param name="view">Where the tables go.</param>
public sealed class BenchmarkComparer(PredictionComparer predictions, IRunView view)
{
    /// <summary>Whether a path names a benchmark: its folder or its <c>benchmark.json</c>.</summary>
    public static bool IsBenchmark(string path) => BenchmarkFolder.IsAt(path) || Path.GetExtension(path) == ".json";

    /// <summary>Compares, prints, and writes JSON where asked.</summary>
    /// <returns>The exit code.</returns>
    public int Run(CompareRequest request, CancellationToken cancellation)
    {
        if (request.Stage is not null)
            throw new UsageException("--stage chooses among the stages of a run folder; leave it out to compare benchmarks.");
        var first = ScoredModel.Read(request.First);
        var second = request.Second is null ? first : ScoredModel.Read(request.Second);
        var pairs = Pairs(first, second, request);
        var comparisons = pairs.SelectMany(p =>
            MetricsOf(p.First, p.Second, request.Metrics).Select(m => AcrossDataSets.Of(p.First, p.Second, m))).ToList();
        if (comparisons.Count == 0)
            throw new DataException("The models have no figure on a common data set; compare benchmarks of the same suite.");
        var adjusted = BenjaminiHochberg.Adjust([.. comparisons.Select(c => c.Test.P)]);
        var perDataSet = pairs.Select(p => (p.First, p.Second, Rows: OnEach(p.First, p.Second, request, cancellation))).ToList();
        view.Table(Across(comparisons, adjusted));
        foreach (var (a, b, rows) in perDataSet.Where(p => p.Rows.Count > 0)) view.Table(Each(a, b, rows));
        if (request.Output is not { } file) return ExitCodes.Done;
        file.Write(JsonSerializer.Serialize(new
        {
            first = request.First, second = request.Second,
            across = comparisons.Select((c, i) =>
                new { first = c.First, second = c.Second, c.Metric, data_sets = c.DataSets, c.Test, q = adjusted[i] }),
            each = perDataSet.Select(p => new { first = p.First.Label, second = p.Second.Label, data_sets = p.Rows }),
        }, Json.Indented) + "\n");
        view.Say($"Comparison: {Path.GetFullPath(file.Path)}");
        return ExitCodes.Done;
    }

    private static IReadOnlyList<(ScoredModel First, ScoredModel Second)> Pairs(IReadOnlyList<ScoredModel> first,
        IReadOnlyList<ScoredModel> second, CompareRequest request)
    {
        if (request.Models.Count is not (0 or 2))
            throw new UsageException("--models names the two models to compare: --models FIRST,SECOND.");
        if (request.Models is [var a, var b]) return [(Named(first, a), Named(second, b))];
        if (!ReferenceEquals(first, second))
            return [.. first.SelectMany(f =>
                second.Select(s => f.Label == s.Label ? (f with { Label = f.Label + " (first)" }, s with { Label = s.Label + " (second)" })
                    : (f, s)))];
        if (first.Count < 2)
            throw new UsageException($"'{request.First}' has one model, {first[0].Label}; name a second benchmark to compare it with.");
        return [.. first.SelectMany((f, i) => first.Skip(i + 1).Select(s => (f, s)))];
    }

    private static ScoredModel Named(IReadOnlyList<ScoredModel> models, string name) => models.FirstOrDefault(m => m.Label == name)
        ?? throw new UsageException($"--models {name}: there is no such model; there are: "
            + $"{string.Join(", ", models.Select(m => m.Label))}{Nearest.Hint(name, models.Select(m => m.Label))}.");

    private static IEnumerable<string?> MetricsOf(ScoredModel first, ScoredModel second, IReadOnlyList<string> asked) =>
        (asked.Count > 0 ? asked : (IEnumerable<string?>)[null]).Where(m => AcrossDataSets.Of(first, second, m).DataSets.Count > 0);

    private static ResultTable Across(IReadOnlyList<AcrossDataSets> comparisons, double[] adjusted)
    {
        var table = new ResultTable("Over data sets: Wilcoxon's signed-rank test of the differences (first - second)",
            ["", "metric", "data sets", "first better", "second better", "mean difference", "Hodges-Lehmann", "p", "q"]);
        foreach (var (c, q) in comparisons.Zip(adjusted))
            table.Add($"{c.First} - {c.Second}", c.Metric, Count(c.DataSets.Count), Count(c.DataSets.Count(d => d.Difference > 0)),
                Count(c.DataSets.Count(d => d.Difference < 0)),
                ComparisonText.Signed(c.DataSets.Average(d => d.Difference)), ComparisonText.Signed(c.Test.Median),
                    ComparisonText.P(c.Test.P), ComparisonText.P(q));
        foreach (var c in comparisons.Where(c => c.Undefined.Count > 0))
            table.Notes.Add($"{c.First} - {c.Second}: left out, as the figure is undefined there: {string.Join(", ", c.Undefined)}.");
        table.Notes.Add("q: p adjusted for the number of tests in this table (Benjamini and Hochberg).");
        if (comparisons.Any(c => WilcoxonSignedRank.LeastP(c.Test.Pairs) >= ComparisonText.Unlikely))
            table.Notes.Add("With fewer than 6 data sets that differ, no p below 0.05 is possible.");
        return table;
    }

    private static ResultTable Each(ScoredModel first, ScoredModel second, IReadOnlyList<OnDataSet> rows)
    {
        var table = new ResultTable($"On each data set: {first.Label} (first) beside {second.Label} (second), seed by seed alike",
            ["data set", "metric", "first", "second", "difference", "seed tested", "McNemar p", "McNemar q", "DeLong p", "DeLong q"]);
        foreach (var row in rows)
            table.Add(row.DataSet, row.Metric, ComparisonText.Figure(row.First), ComparisonText.Figure(row.Second),
                ComparisonText.Signed(row.First - row.Second), row.Seed,
                ComparisonText.P(row.McNemarP), ComparisonText.P(row.McNemarQ), ComparisonText.P(row.DeLongP),
                    ComparisonText.P(row.DeLongQ));
        table.Notes.Add("First and second are means over seeds; the tests are on the predictions of one seed that both have. q: p adjusted "
            + "for the number of data sets (Benjamini and Hochberg).");
        return table;
    }

    private IReadOnlyList<OnDataSet> OnEach(ScoredModel first, ScoredModel second, CompareRequest request, CancellationToken cancellation)
    {
        List<OnDataSet> rows = [];
        foreach (var (name, a) in first.DataSets)
        {
            if (!second.DataSets.TryGetValue(name, out var b)
                || a.Predictions.Keys.FirstOrDefault(b.Predictions.ContainsKey) is not { } seed) continue;
            if (((string[])[a.Predictions[seed], b.Predictions[seed]]).FirstOrDefault(f => !File.Exists(f)) is { } missing)
            {
                view.Warn($"'{missing}' is missing, so {name} is left out of the tests on each data set.");
                continue;
            }
            if (!a.Metrics.TryGetValue(a.Metric, out var one) || !b.Metrics.TryGetValue(a.Metric, out var other)) continue;
            var table = PredictionTable.Read(a.Predictions[seed]);
            var compared = predictions.Compare(table, PredictionTable.Read(b.Predictions[seed]).InOrderOf(table), [], resamples: 0,
                request.Seed, cancellation);
            rows.Add(new(name, a.Metric, one.Mean, other.Mean, seed, compared.McNemar?.P ?? double.NaN, double.NaN,
                compared.DeLong?.P ?? double.NaN, double.NaN));
        }
        var (mcNemar, deLong) = (BenjaminiHochberg.Adjust([.. rows.Select(r => r.McNemarP)]),
            BenjaminiHochberg.Adjust([.. rows.Select(r => r.DeLongP)]));
        return [.. rows.Select((r, i) => r with { McNemarQ = mcNemar[i], DeLongQ = deLong[i] })];
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Two models on one data set of a benchmark.</summary>
internal sealed record OnDataSet(
    string DataSet, string Metric, double First, double Second, string Seed, double McNemarP, double McNemarQ, double DeLongP,
        double DeLongQ);
