using System.Globalization;
using PluginHost.Host.Records;

namespace PluginHost.Host.Scoring;

/// <summary>Breaks the figures of a split down by class, by length and by fields of the data, from its predictions.</summary>
public static class Breakdowns
{
    private const int MostRanges = 4;
    private const int FewestOfARange = 10;
    private const string Without = "(none)";

    /// <summary>
    /// Breaks down what can be: by class where there are true classes, by output where there are several and no classes, by length where
    /// lengths differ, by a field where samples have it.
    /// </summary>
    /// <param name="job">What was scored.</param>
    /// <param name="result">With its predictions, a row a sample; none of them give nothing.</param>
    /// <param name="by"><see cref="Breakdown.Class"/>, <see cref="Breakdown.Output"/>, <see cref="Breakdown.Length"/>, or fields.</param>
    /// <param name="metrics">Makes fresh metrics for each group.</param>
    /// <param name="ofClasses">Makes fresh metrics that have a figure of each class.</param>
    public static IReadOnlyList<Breakdown> Measure(ScoringJob job, EvaluationResult result, IReadOnlyList<string> by,
        Func<MetricSet> metrics,
        Func<IReadOnlyList<(string Name, IMetric Metric)>> ofClasses)
    {
        List<Breakdown> found = [];
        var rows = result.Predictions;
        if (rows.Count == 0) return found;
        foreach (var what in by)
        {
            var groups = what switch
            {
                Breakdown.Class => ByClass(rows, job.Objective.Card.OutputNames, ofClasses()),
                Breakdown.Output => ByOutput(result, job.Objective.Card.OutputNames),
                Breakdown.Length => ByLength(job, rows, metrics),
                _ => ByField(job, rows, what, metrics),
            };
            if (groups.Count > 1) found.Add(new(what, groups));
        }
        return found;
    }

    /// <summary>The figures of each class against all others.</summary>
    /// <param name="rows">Predictions.</param>
    /// <param name="names">Of the classes.</param>
    /// <param name="metrics">Fresh ones that have such figures; one that needs more than the rows hold is left out.</param>
    public static IReadOnlyList<BreakdownRow> ByClass(
        IReadOnlyList<PredictionRow> rows, IReadOnlyList<string> names, IReadOnlyList<(string Name, IMetric Metric)> metrics)
    {
        List<PredictionRow> known = [.. rows.Where(r => r is { Truth: >= 0, Predicted: not null })];
        if (known.Count == 0) return [];
        var scored = PredictionRow.ToScored(known);
        var fitting = metrics.Where(m => Fits(m.Metric, scored)).ToList();
        return [.. Enumerable.Range(0, Math.Max(names.Count, 1 + known.Max(r => Math.Max(r.Truth!.Value, r.Predicted!.Value))))
            .Select(c => new BreakdownRow(
            c < names.Count ? names[c] : c.ToString(CultureInfo.InvariantCulture), known.Count(r => r.Truth == c),
            fitting.ToDictionary(m => m.Name, m => m.Metric.OfClass(c))))];
    }

    private static bool Fits(IMetric metric, Scored scored)
    {
        try { metric.Add(scored); }
        catch (UsageException) { return false; }
        return true;
    }

    /// <summary>The figures of each output that the metrics are means of; nothing for classes.</summary>
    public static IReadOnlyList<BreakdownRow> ByOutput(EvaluationResult result, IReadOnlyList<string> names) =>
        result.PerOutput.Count == 0 || result.Predictions.Any(r => r.Truth is not null)
            ? []
            : [.. names.Select((name, c) => new BreakdownRow(
                name, result.Samples, result.PerOutput.Where(f => c < f.Value.Count).ToDictionary(f => f.Key, f => f.Value[c])))];

    private static List<BreakdownRow> ByLength(ScoringJob job, IReadOnlyList<PredictionRow> rows, Func<MetricSet> metrics)
    {
        var drawn = rows.Select(r => r.Index).Distinct().ToDictionary(i => i, i => job.Batches.Draw(i).Sequence.Length);
        var lengths = rows.Select(r => drawn[r.Index]).ToArray();
        return [.. LengthRanges(lengths).Select(range => Row(
            range.Low == range.High ? $"{range.Low:N0} bases" : $"{range.Low:N0} to {range.High:N0} bases",
            [.. rows.Where((_, i) => lengths[i] >= range.Low && lengths[i] <= range.High)], metrics))];
    }

    /// <summary>
    /// Up to four ranges with about as many samples each; equal lengths are never parted, and no range has fewer than ten samples unless
    /// there are fewer in all.
    /// </summary>
    public static IReadOnlyList<(int Low, int High)> LengthRanges(IEnumerable<int> lengths)
    {
        var counts = lengths.GroupBy(l => l).OrderBy(g => g.Key).Select(g => (Length: g.Key, Count: g.Count())).ToList();
        var total = counts.Sum(c => c.Count);
        var wanted = Math.Max(1, Math.Min(MostRanges, total / FewestOfARange));
        List<(int Place, int Low, int High, int Count)> ranges = [];
        var seen = 0;
        foreach (var (length, count) in counts)
        {
            // A length goes where the middle of its samples falls.
            var place = (int)((seen + count / 2.0) / total * wanted);
            seen += count;
            if (ranges.Count > 0 && (ranges[^1].Place == place || ranges[^1].Count < FewestOfARange))
                ranges[^1] = (place, ranges[^1].Low, length, ranges[^1].Count + count);
            else ranges.Add((place, length, length, count));
        }
        if (ranges.Count > 1 && ranges[^1].Count < FewestOfARange)
        {
            ranges[^2] = (0, ranges[^2].Low, ranges[^1].High, ranges[^2].Count + ranges[^1].Count);
            ranges.RemoveAt(ranges.Count - 1);
        }
        return [.. ranges.Select(r => (r.Low, r.High))];
    }

    private static List<BreakdownRow> ByField(ScoringJob job, IReadOnlyList<PredictionRow> rows, string field, Func<MetricSet> metrics)
    {
        var values = rows.Select(r => r.Index).Distinct()
            .ToDictionary(i => i, i => job.Batches.Draw(i).Fields.TryGetValue(field, out var value) ? value.ToString() ?? Without
            : Without);
        return [.. rows.GroupBy(r => values[r.Index]).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Row(g.Key, [.. g], metrics))];
    }

    private static BreakdownRow Row(string group, IReadOnlyList<PredictionRow> rows, Func<MetricSet> metrics)
    {
        var figures = metrics();
        figures.AddWhatFits(PredictionRow.ToScored(rows));
        return new(group, rows.Count, figures.Values());
    }
}
