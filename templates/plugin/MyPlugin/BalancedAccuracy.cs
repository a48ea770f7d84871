using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost;

namespace MyPlugin;

/// <summary>What a pipeline may say about the metric.</summary>
public sealed class BalancedOptions
{
    /// <summary>Classes that count.</summary>
    [Range(1, int.MaxValue), Description("Leave out classes with fewer items than this.")]
    public int Least { get; set; } = 1;
}

/// <summary>The mean of the classes' recalls: 1 over the number of classes for a model that always says the same.</summary>
internal sealed class BalancedAccuracy(BalancedOptions options) : IMetric
{
    private readonly SortedDictionary<int, (long Found, long All)> classes = [];

    public bool HigherIsBetter => true;

    public double Value => PerOutput.Where(recall => !double.IsNaN(recall)).DefaultIfEmpty(double.NaN).Average();

    public IReadOnlyList<double> PerOutput =>
        classes.Count == 0 ? [] : [.. Enumerable.Range(0, classes.Keys.Max() + 1).Select(OfClass)];

    public void Add(Scored scored)
    {
        if (scored.Labels is not { } labels || scored.Predicted is not { } predicted)
            throw new UsageException("The metric 'my-plugin' needs classes, which this objective does not give; name another metric.");
        for (var n = 0; n < labels.Length; n++)
        {
            if (labels[n] == Keys.Ignore) continue;
            var (found, all) = classes.GetValueOrDefault(labels[n]);
            classes[labels[n]] = (found + (predicted[n] == labels[n] ? 1 : 0), all + 1);
        }
    }

    public double OfClass(int c) =>
        classes.TryGetValue(c, out var count) && count.All >= options.Least ? (double)count.Found / count.All : double.NaN;
}
