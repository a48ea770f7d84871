namespace PluginHost.Plugins.Metrics;

/// <summary>
/// A figure of real-valued outputs: with several, the plain mean over those it is defined for. Keeps every number until it is read.
/// </summary>
/// <param name="name">For messages.</param>
/// <param name="higherIsBetter">Which way is better.</param>
/// <param name="figure">The figure of one output, from outputs and targets, at least one of each; NaN where it is undefined.</param>
internal sealed class OutputMetric(string name, bool higherIsBetter, Func<float[], float[], double> figure) : IMetric
{
    private readonly OutputColumns columns = new();

    /// <inheritdoc/>
    public bool HigherIsBetter => higherIsBetter;

    /// <inheritdoc/>
    public MetricUse Usual => MetricUse.Outputs;

    /// <inheritdoc/>
    public void Add(Scored scored) => columns.Add(scored, name);

    /// <inheritdoc/>
    public double Value => OutputColumns.Mean(PerOutput);

    /// <inheritdoc/>
    public IReadOnlyList<double> PerOutput => columns.Each(figure);
}
