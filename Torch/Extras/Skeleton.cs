namespace PluginHost.Torch;

/// <summary>
/// Builds modules for the names and shapes of their weights alone: while one is open, <c>torch.nn.init</c> leaves weights as
/// they were allocated, so that the memory behind large ones is never touched and costs nothing.
/// </summary>
/// <remarks>
/// For this thread only; may be nested. Values are undefined: fill or drop every weight. Compiled against the TorchSharp
/// packages it has no effect, and weights are drawn as usual.
/// </remarks>
public sealed class Skeleton : IDisposable
{
    [ThreadStatic]
    private static int open;

    private bool disposed;

    private Skeleton() => open++;

    /// <summary>Whether one is open on this thread.</summary>
    public static bool IsOpen => open > 0;

    /// <summary>Opens one until it is disposed, on the same thread.</summary>
    public static Skeleton Open() => new();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!disposed) open--;
        disposed = true;
    }
}
