namespace PluginHost.Plugins.Tests;

/// <summary>Matthews correlation of any number of classes (Gorodkin 2004).</summary>
internal static class Mcc
{
    public static double Of(IEnumerable<Scored> batches)
    {
        var all = batches.ToList();
        var labels = all.SelectMany(s => s.Labels!).ToArray();
        var predicted = all.SelectMany(s => s.Predicted!).ToArray();
        var classes = labels.Concat(predicted).Max() + 1;
        double n = labels.Length, right = labels.Zip(predicted, (a, b) => a == b ? 1.0 : 0).Sum();
        var t = Enumerable.Range(0, classes).Select(c => (double)labels.Count(l => l == c)).ToArray();
        var p = Enumerable.Range(0, classes).Select(c => (double)predicted.Count(l => l == c)).ToArray();
        var product = t.Zip(p, (a, b) => a * b).Sum();
        return (right * n - product) / Math.Sqrt((n * n - p.Sum(x => x * x)) * (n * n - t.Sum(x => x * x)));
    }
}
