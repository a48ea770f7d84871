namespace PluginHost.Plugins.Interpret.Results;

/// <summary>A short sequence, to learn of a model what it has.</summary>
internal sealed class OneSequence : ISampleSource
{
    /// <inheritdoc/>
    public long Count => 1;

    /// <inheritdoc/>
    public Sample Get(long index, SeededRandom random) => new("probe", "ACGTACGTACGTACGT");
}
