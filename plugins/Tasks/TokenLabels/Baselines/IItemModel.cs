namespace PluginHost.Plugins.TokenLabels;

/// <summary>Class probabilities of bases and tokens without a neural network.</summary>
internal interface IItemModel
{
    /// <summary>Counts the labelled bases of a training sample.</summary>
    void Add(Sample sample, long[] classes);

    /// <summary>Class probabilities of one base.</summary>
    double[] Predict(Sample sample, int place);
}
