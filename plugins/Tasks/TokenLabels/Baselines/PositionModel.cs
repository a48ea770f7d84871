namespace PluginHost.Plugins.TokenLabels;

/// <summary>
/// The class frequencies at each position counted from the sequence's start: what windows centred on a site give away. Smoothed by one base
/// of the overall frequencies.
/// </summary>
/// <param name="classes">Number of classes.</param>
internal sealed class PositionModel(int classes) : IItemModel
{
    private readonly double[] overall = new double[classes];
    private readonly List<double[]> byPosition = [];

    public void Add(Sample sample, long[] labels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            while (byPosition.Count <= i) byPosition.Add(new double[classes]);
            if (labels[i] < 0) continue;
            byPosition[i][labels[i]]++;
            overall[labels[i]]++;
        }
    }

    public double[] Predict(Sample sample, int place)
    {
        var prior = MajorityModel.Frequencies(overall);
        return place < byPosition.Count ? MajorityModel.Frequencies([.. byPosition[place].Zip(prior, (n, p) => n + p)]) : prior;
    }
}
