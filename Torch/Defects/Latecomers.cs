namespace PluginHost.Torch.Defects;

/// <summary>Native handles that are freed some time after they were given up. Thread-safe.</summary>
/// <remarks>
/// A time and not a number: finalisers run in no order that could be relied on, so that what is in use may be the first of all that a
/// collection gives up.
/// </remarks>
/// <param name="delay">Longer than a native call takes, in milliseconds.</param>
internal sealed unsafe class Latecomers(long delay)
{
    private readonly Lock gate = new();
    private readonly Queue<(nint Handle, long Time)> waiting = [];

    /// <summary>Takes one in, and frees those whose time has come.</summary>
    internal void Add(nint handle, delegate* unmanaged<nint, void> free)
    {
        lock (gate)
        {
            var now = Environment.TickCount64;
            waiting.Enqueue((handle, now));
            while (waiting.Peek().Time + delay < now) free(waiting.Dequeue().Handle);
        }
    }
}
