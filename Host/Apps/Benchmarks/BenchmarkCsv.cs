using System.Globalization;
using System.Text;

namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>The results of a benchmark as a table with a line for every figure.</summary>
public static class BenchmarkCsv
{
    private static readonly string[] header =
        ["suite", "data_set", "metric", "kind", "name", "trained_on", "mean", "deviation", "seeds", "values", "train", "dev", "test",
            "known_exact", "known_reverse_complement", "known_near", "source"];

    /// <summary>The text.</summary>
    public static string Write(BenchmarkResults results)
    {
        var text = new StringBuilder(string.Join(',', header)).Append('\n');
        foreach (var set in results.DataSets)
        {
            foreach (var (kind, rows) in new[] { ("model", set.Models), ("baseline", set.Baselines) })
                foreach (var row in rows)
                    foreach (var (metric, spread) in row.Metrics)
                        Line(set, metric, kind, row.Name, row.TrainedOn ?? "", spread.Mean, spread.Deviation,
                            string.Join(' ', spread.Values.Keys), string.Join(' ', spread.Values.Values.Select(v => Number(v))), "");
            foreach (var published in set.Published)
                Line(set, published.Metric, "published", published.Model, "", published.Value, published.Deviation, "", "",
                    published.Source);
        }
        return text.ToString();

        void Line(DataSetResult set, string metric, string kind, string name, string trainedOn, double mean, double? deviation,
            string seeds, string values, string source) =>
            text.Append(string.Join(',', ((string[])[
                results.Suite, set.Name, metric, kind, name, trainedOn, Number(mean), deviation is { } d ? Number(d) : "", seeds, values,
                Count(set.Facts.Train), Count(set.Facts.Dev), Count(set.Facts.Test), Count(set.Facts.Leakage.Exact),
                    Count(set.Facts.Leakage.ReverseComplement), Count(set.Facts.Leakage.Near), source,
            ]).Select(Quoted))).Append('\n');
    }

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Count(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\n\r")
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
