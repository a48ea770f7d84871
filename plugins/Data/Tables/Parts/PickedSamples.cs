namespace PluginHost.Plugins.Tables.Parts;

/// <summary>Chosen samples of one or several splits, in order.</summary>
/// <param name="picks">Where each sample lies.</param>
internal sealed class PickedSamples(IReadOnlyList<(ISampleSource Source, long Index)> picks) : ISampleSource
{
    public long Count => picks.Count;

    public IReadOnlyList<string> LeftOut { get; } = [.. picks.Select(p => p.Source).Distinct().SelectMany(s => s.LeftOut)];

    public Sample Get(long index, SeededRandom random)
    {
        var (source, inner) = picks[checked((int)index)];
        return source.Get(inner, random);
    }
}
