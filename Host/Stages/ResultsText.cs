using System.Globalization;
using PluginHost.Host.Records;

namespace PluginHost.Host.Stages;

/// <summary>The figures of a stage as text.</summary>
public static class ResultsText
{
    /// <summary>One line: what was done, and the first figures with the same ones of trivial predictors.</summary>
    public static string OneLine(StageRecord record)
    {
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{record.Name}: {(record.Steps is { } steps ? $"{steps:N0} steps, " : "")}{record.Seconds:0.0} s");
        if (record.Metrics.Count == 0) return text;
        var (first, value) = record.Metrics.First();
        text += $"; {record.Split}{(record.Mark is null ? "" : $" ({record.Mark})")} "
            + $"{string.Join(", ", record.Metrics.Select(m => $"{m.Key} {Figure(m.Value)}"))} on "
            + $"{record.Samples.ToString("N0", CultureInfo.InvariantCulture)} samples";
        if (record.Baselines.Count == 0) return text;
        var beside = record.Baselines.Select(b => $"{b.Name} {Figure(b.Metrics.GetValueOrDefault(first, double.NaN))}");
        return $"{text}; {first} {Figure(value)} beside {string.Join(", ", beside)}";
    }

    /// <summary>Rows: the model, the same from random weights, trivial predictors. Columns: metrics.</summary>
    public static ResultTable Table(StageRecord record)
    {
        var table = new ResultTable(
            string.Create(CultureInfo.InvariantCulture, $"{record.Name}: {record.Samples:N0} samples of the {record.SplitShown}"),
                ["", .. record.Metrics.Keys]);
        foreach (var row in (IEnumerable<ResultRow>)[new("model", record.Metrics), .. record.Comparisons, .. record.Baselines])
            table.Add([row.Name, .. record.Metrics.Keys.Select(m => row.Metrics.TryGetValue(m, out var value) ? Figure(value) : "")]);
        foreach (var sentence in record.Conclusions) table.Notes.Add(sentence);
        return table;
    }

    /// <summary>Breakdowns with more groups than this are in the report and the summary only.</summary>
    public const int MostGroupsShown = 12;

    /// <summary>Rows: groups of samples. Columns: metrics.</summary>
    public static ResultTable Table(string stage, Breakdown breakdown)
    {
        var metrics = breakdown.Rows.SelectMany(r => r.Metrics.Keys).Distinct().ToList();
        var table = new ResultTable($"{stage} by {breakdown.By}", ["", "samples", .. metrics]);
        foreach (var row in breakdown.Rows)
            table.Add([row.Group, row.Samples.ToString("N0", CultureInfo.InvariantCulture),
                .. metrics.Select(m => row.Metrics.TryGetValue(m, out var value) ? Figure(value) : "")]);
        return table;
    }

    private static string Figure(double value) => double.IsNaN(value) ? "-" : value.ToString("0.0000", CultureInfo.InvariantCulture);
}
