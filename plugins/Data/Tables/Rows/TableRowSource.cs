namespace PluginHost.Plugins.Tables.Rows;

/// <summary>Rows in memory.</summary>
internal sealed class TableRowSource(IReadOnlyList<Sample> samples) : ISampleSource
{
    public long Count => samples.Count;

    public Sample Get(long index, SeededRandom random) => samples[checked((int)index)];
}
