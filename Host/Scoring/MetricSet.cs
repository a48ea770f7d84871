namespace PluginHost.Host.Scoring;

/// <summary>The metrics of one evaluation, and the losses an objective reports beside them.</summary>
public sealed class MetricSet
{
    private readonly IReadOnlyList<(string Name, IMetric Metric)> metrics;
    private readonly SortedDictionary<string, (double Sum, long Count)> reported = new(StringComparer.Ordinal);
    private readonly HashSet<string> absent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> weights = new(StringComparer.Ordinal);

    /// <param name="metrics">Names and fresh metrics, in the order they are shown.</param>
    public MetricSet(IEnumerable<(string Name, IMetric Metric)> metrics) => this.metrics = [.. metrics];

    /// <summary>The trivial predictors that the metrics ask for.</summary>
    public IEnumerable<IBaseline> Baselines => metrics.SelectMany(m => m.Metric.Baselines);

    /// <summary>Takes a scored batch in.</summary>
    public void Add(Scored scored)
    {
        foreach (var (_, metric) in metrics) metric.Add(scored);
        foreach (var loss in scored.Losses)
        {
            var (sum, count) = reported.GetValueOrDefault(loss.Name);
            reported[loss.Name] = (sum + loss.Sum, count + loss.Count);
            if (loss.Weight != 0) weights[loss.Name] = loss.Weight;
        }
    }

    /// <summary>
    /// Takes in rows that were kept of an evaluation. A metric that needs more than they hold, as the loss does, is left out of
    /// <see cref="Values"/>.
    /// </summary>
    public void AddWhatFits(Scored scored)
    {
        foreach (var (name, metric) in metrics)
        {
            try { metric.Add(scored); }
            catch (UsageException) { absent.Add(name); }
        }
    }

    /// <summary>What training minimises, over everything added: each term's mean times its weight; NaN where no target was added.</summary>
    public double Loss => weights.Count == 0 ? double.NaN
        : weights.Sum(w => reported[w.Key].Count > 0 ? w.Value * reported[w.Key].Sum / reported[w.Key].Count : double.NaN);

    /// <summary>
    /// Figures by name: the metrics in order, then each loss that is only reported (weight 0), then the terms of a loss
    /// that has several.
    /// </summary>
    public IReadOnlyDictionary<string, double> Values()
    {
        var values = new Dictionary<string, double>();
        foreach (var (name, metric) in metrics.Where(m => !absent.Contains(m.Name))) values[name] = metric.Value;
        foreach (var (name, (sum, count)) in reported)
        {
            if (weights.ContainsKey(name) && weights.Count == 1) continue;
            values.TryAdd(name, count > 0 ? sum / count : double.NaN);
        }
        return values;
    }

    /// <summary>
    /// Figures of each class or output by metric name, for the metrics that have such; all as long as the longest, NaN where there is none.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> PerOutput()
    {
        var parts = metrics.Select(m => (m.Name, m.Metric.PerOutput)).Where(p => p.PerOutput.Count > 0).ToList();
        var longest = parts.Count == 0 ? 0 : parts.Max(p => p.PerOutput.Count);
        return parts.ToDictionary(p => p.Name, p =>
            (IReadOnlyList<double>)[.. p.PerOutput, .. Enumerable.Repeat(double.NaN, longest - p.PerOutput.Count)]);
    }
}
