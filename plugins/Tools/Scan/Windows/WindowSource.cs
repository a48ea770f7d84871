namespace PluginHost.Plugins.Scan.Windows;

/// <summary>The windows of a plan as samples, read when asked for; from one on, where those before it have been scanned.</summary>
/// <param name="plan">Where they lie.</param>
/// <param name="first">The first that is read.</param>
internal sealed class WindowSource(WindowPlan plan, long first) : ISampleSource
{
    /// <inheritdoc/>
    public long Count => plan.Count - first;

    /// <inheritdoc/>
    public Sample Get(long index, SeededRandom random)
    {
        var (stretch, start, length) = plan[first + index];
        return new($"{stretch.Record.Name}:{start}-{start + length}", stretch.Genome.Read(stretch.Record, start, length))
        {
            Place = new(stretch.Record.Name, start, start + length, '+'),
        };
    }
}
