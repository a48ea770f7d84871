
namespace PluginHost.Host.Foundation;

/// <summary>
/// Names the independent streams of random numbers of a run, so that every draw is a function of the run's seed and of what it is for.
/// </summary>
public static class RandomStreams
{
    /// <summary>Seed of one purpose: FNV-1a of the name (Fowler, Noll, Vo), mixed with the run's seed.</summary>
    /// <param name="runSeed">The pipeline's <c>seed:</c>.</param>
    /// <param name="purpose">For example <c>"pretrain/batches"</c>.</param>
    public static ulong Seed(ulong runSeed, string purpose)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in System.Text.Encoding.UTF8.GetBytes(purpose))
        {
            hash ^= b;
            hash = unchecked(hash * 1099511628211UL);
        }
        return new SeededRandom(runSeed, hash).NextUInt64();
    }

    /// <summary>A seed that libtorch's generators take: 0 to 2^63 - 1.</summary>
    public static long Torch(ulong seed, long step) => (long)(new SeededRandom(seed, (ulong)step).NextUInt64() >> 1);
}
