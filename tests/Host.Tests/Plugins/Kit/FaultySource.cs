namespace PluginHost.Host.Tests.Plugins.Kit;

/// <summary>Five samples, with one fault.</summary>
internal sealed class FaultySource(Fault fault) : IDataSource, ISampleSource
{
    private int calls;

    public long Count => 5;

    public IReadOnlyList<string> Files => fault == Fault.FarSpan ? ["/nowhere/data.fa"] : [];

    public IReadOnlyList<string> Notes => [];

    public ISampleSource? Open(Split split) => fault == Fault.SavesNothing ? null : this;

    public Sample Get(long index, SeededRandom random) => new(fault == Fault.EmptySpan ? "" : $"sample-{index}",
        fault == Fault.Changes ? new string('A', ++calls) : PluginKit.SampleDna.Sequence(random, 20));
}
