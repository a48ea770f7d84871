namespace PluginHost.Torch.Native;

/// <summary>
/// Runs a kernel of our own on libtorch's threads. They wait actively after each operation, so that threads of another pool would
/// have to share the cores with them.
/// </summary>
internal static unsafe class ParallelLoop
{
    /// <summary>Whether this libtorch lends its threads.</summary>
    internal static bool IsAvailable { get; } = EntryPoints.ParallelFor != 0;

    /// <summary>Calls the kernel for parts that cover 0 to <paramref name="count"/>; the threads decide on the cuts.</summary>
    /// <param name="count">Pieces of work.</param>
    /// <param name="grain">The fewest pieces worth a thread.</param>
    /// <param name="kernel">Begin, end and context; must not throw.</param>
    /// <param name="context">Handed to the kernel; valid until the call returns.</param>
    internal static void For(long count, long grain, delegate* unmanaged<long, long, void*, void> kernel, void* context)
    {
        if (!IsAvailable || count <= grain)
        {
            if (count > 0) kernel(0, count, context);
            return;
        }

        var loop = (delegate* unmanaged<long, long, long, delegate* unmanaged<long, long, void*, void>, void*, int>)EntryPoints.ParallelFor;
        var error = loop(0, count, grain, kernel, context);
        if (error != 0) throw new InvalidOperationException("libtorch's parallel loop failed");
    }
}
