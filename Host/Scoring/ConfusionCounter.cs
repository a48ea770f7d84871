using PluginHost.Host.Records;

namespace PluginHost.Host.Scoring;

/// <summary>Counts true against predicted classes.</summary>
/// <param name="classes">Class names, in index order.</param>
public sealed class ConfusionCounter(IReadOnlyList<string> classes)
{
    private readonly long[,] counts = new long[classes.Count, classes.Count];

    /// <summary>Takes a scored batch in; items without a known class are left out.</summary>
    public void Add(Scored scored)
    {
        if (scored.Labels is not { } labels || scored.Predicted is not { } predicted) return;
        for (var i = 0; i < labels.Length; i++)
            if (labels[i] >= 0 && labels[i] < classes.Count && predicted[i] >= 0 && predicted[i] < classes.Count)
                counts[labels[i], predicted[i]]++;
    }

    /// <summary>The matrix, or null if nothing was counted.</summary>
    public Confusion? Result()
    {
        if (counts.Cast<long>().All(c => c == 0)) return null;
        return new Confusion(classes, [.. Enumerable.Range(0, classes.Count)
            .Select(t => (IReadOnlyList<long>)[.. Enumerable.Range(0, classes.Count).Select(p => counts[t, p])])]);
    }
}
