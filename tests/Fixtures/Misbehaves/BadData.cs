namespace PluginHost.Fixtures;

public enum DataFault { None, Nothing }

/// <summary>A dozen sequences, of which the last may be missing.</summary>
internal sealed class BadData(DataFault fault) : IDataSource, ISampleSource
{
    public IReadOnlyList<string> Files => [];

    public IReadOnlyList<string> Notes => [];

    public long Count => 12;

    public ISampleSource? Open(Split split) => this;

    public Sample Get(long index, SeededRandom random) => fault == DataFault.Nothing && index == 11 ? null!
        : new($"s{index}", string.Concat(Enumerable.Range(0, 14).Select(i => "ACGT"[(i * 5 + (int)index) % 4])));
}
