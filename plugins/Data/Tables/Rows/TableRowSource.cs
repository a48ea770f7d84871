namespace PluginHost.Plugins.Tables.Rows;

/// <summary>Rows in memory.</summary>
/// <param name="samples">The rows.</param>
/// <param name="leftOut">What the file holds beside them, in sentences.</param>
internal sealed class TableRowSource(IReadOnlyList<Sample> samples, IReadOnlyList<string>? leftOut = null) : ISampleSource
{
    public long Count => samples.Count;

    public IReadOnlyList<string> LeftOut => leftOut ?? [];

    public Sample Get(long index, SeededRandom random) => samples[checked((int)index)];
}
