namespace PluginHost.Host.Foundation;

/// <summary>
/// Says that work in memory will be saved by who does it when the user asks to stop. Whatever else goes on may be cut off a few seconds
/// after that: it leaves files whole or not at all.
/// </summary>
public sealed class UnsavedWork : IDisposable
{
    private static int count;

    private UnsavedWork() => Interlocked.Increment(ref count);

    /// <summary>Whether there is any.</summary>
    public static bool IsThere => Volatile.Read(ref count) > 0;

    /// <summary>Begins such work; it ends when this is disposed of.</summary>
    public static UnsavedWork Begin() => new();

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Decrement(ref count);
}
