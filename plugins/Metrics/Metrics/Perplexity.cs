namespace PluginHost.Plugins.Metrics;

/// <summary>e to the mean cross-entropy of a target in nats: how many equally likely tokens the model is as unsure among.</summary>
/// <param name="options">Which term is the cross-entropy; the first one minimised unless set.</param>
internal sealed class Perplexity(LossOptions options) : IMetric
{
    private readonly LossSums sums = new("perplexity");

    /// <inheritdoc/>
    public bool HigherIsBetter => false;

    /// <inheritdoc/>
    public void Add(Scored scored)
    {
        sums.Add(scored);
        if (options.Term is { } term) sums.Require(term);
    }

    /// <inheritdoc/>
    public double Value => (options.Term ?? sums.First) is { } term ? Math.Exp(sums.Mean(term)) : double.NaN;
}
