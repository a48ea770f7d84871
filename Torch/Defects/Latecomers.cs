namespace PluginHost.Torch.Defects;

/// <summary>Native handles whose turn to be freed comes only after a number of others. Thread-safe.</summary>
/// <param name="delay">The number: a power of two.</param>
internal sealed class Latecomers(int delay)
{
    private readonly nint[] waiting = new nint[delay];
    private long count;

    /// <summary>Takes one in.</summary>
    /// <returns>The one to be freed now, or 0.</returns>
    internal nint Exchange(nint handle) => Interlocked.Exchange(ref waiting[Interlocked.Increment(ref count) & (waiting.Length - 1)], handle);
}
