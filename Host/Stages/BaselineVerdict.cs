using System.Globalization;
using PluginHost.Host.Records;

namespace PluginHost.Host.Stages;

/// <summary>Says plainly when a model is no better than a trivial predictor.</summary>
public static class BaselineVerdict
{
    /// <summary>A sentence on the first metric when the best trivial predictor does at least as well; nothing otherwise.</summary>
    /// <param name="stage">Its name.</param>
    /// <param name="metrics">The model's figures.</param>
    /// <param name="baselines">The trivial predictors' on the same samples.</param>
    /// <param name="higherIsBetter">Of a metric's name.</param>
    public static IEnumerable<string> Sentences(
        string stage, IReadOnlyDictionary<string, double> metrics, IReadOnlyList<ResultRow> baselines, Func<string, bool> higherIsBetter)
    {
        if (metrics.Count == 0) yield break;
        var (name, own) = metrics.First();
        var higher = higherIsBetter(name);
        var rivals = baselines.Where(b => b.Metrics.TryGetValue(name, out var value) && !double.IsNaN(value)).ToList();
        if (rivals.Count == 0 || double.IsNaN(own)) yield break;
        var best = higher ? rivals.MaxBy(b => b.Metrics[name])! : rivals.MinBy(b => b.Metrics[name])!;
        if (higher ? best.Metrics[name] < own : best.Metrics[name] > own) yield break;
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{stage}: the model is no better than a trivial predictor, {name} {own:0.0000} beside {best.Metrics[name]:0.0000} of "
                + $"'{best.Name}'.");
    }
}
