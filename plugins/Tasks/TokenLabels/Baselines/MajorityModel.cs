namespace PluginHost.Plugins.TokenLabels;

/// <summary>The class frequencies of all training bases, for every base alike.</summary>
/// <param name="classes">Number of classes.</param>
internal sealed class MajorityModel(int classes) : IItemModel
{
    private readonly double[] counts = new double[classes];

    public void Add(Sample sample, long[] labels)
    {
        foreach (var label in labels) if (label >= 0) counts[label]++;
    }

    public double[] Predict(Sample sample, int place) => Frequencies(counts);

    /// <summary>Counts as shares; equal ones where nothing was counted.</summary>
    public static double[] Frequencies(double[] counts)
    {
        var total = counts.Sum();
        return [.. counts.Select(c => total == 0 ? 1.0 / counts.Length : c / total)];
    }
}
