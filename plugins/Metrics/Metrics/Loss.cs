namespace PluginHost.Plugins.Metrics;

/// <summary>What the optimiser minimises, or one term of it, as a mean over targets.</summary>
/// <param name="options">Which term.</param>
internal sealed class Loss(LossOptions options) : IMetric
{
    private readonly LossSums sums = new("loss");

    /// <inheritdoc/>
    public bool HigherIsBetter => false;

    /// <inheritdoc/>
    public void Add(Scored scored)
    {
        sums.Add(scored);
        if (options.Term is { } term) sums.Require(term);
    }

    /// <inheritdoc/>
    public double Value => options.Term is { } term ? sums.Mean(term) : sums.Total;
}
