namespace PluginHost.Host.Tests;

/// <summary>Samples of given lengths; a random source redraws the bases each epoch.</summary>
internal sealed class FakeSource(IReadOnlyList<int> lengths, bool redraw = false) : ISampleSource
{
    public long Count => lengths.Count;

    public Sample Get(long index, SeededRandom random)
    {
        var generator = redraw ? random : new SeededRandom(99, (ulong)index);
        return new Sample($"s{index}", string.Create(lengths[(int)index], generator, static (bases, r) =>
        {
            for (var i = 0; i < bases.Length; i++) bases[i] = "ACGT"[(int)r.Next(4)];
        }));
    }
}
