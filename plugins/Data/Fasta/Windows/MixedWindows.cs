namespace PluginHost.Plugins.Fasta.Windows;

/// <summary>One source after another.</summary>
/// <param name="first">Has the lower indices.</param>
/// <param name="second">Has the higher indices.</param>
internal sealed class MixedWindows(ISampleSource first, ISampleSource second) : ISampleSource
{
    /// <inheritdoc/>
    public long Count => first.Count + second.Count;

    /// <inheritdoc/>
    public IReadOnlyList<string> LeftOut => first.LeftOut;

    /// <inheritdoc/>
    public Sample Get(long index, SeededRandom random) =>
        index < first.Count ? first.Get(index, random) : second.Get(index - first.Count, random);
}
