using TorchSharp;
using static TorchSharp.torch;

namespace PluginHost.Torch;

/// <summary>
/// Builds modules for the names and shapes of their weights alone: while one is open, tensors without a device of their own are made
/// on the meta device, which has shapes and no memory.
/// </summary>
/// <remarks>
/// For the whole process, not for a thread: nothing else may make tensors meanwhile. May be nested. A module that reads values
/// while it is built cannot be built so; <see cref="Build"/> then builds it as usual.
/// </remarks>
public sealed class Skeleton : IDisposable
{
    private readonly Device before = get_default_device();

    private Skeleton() => set_default_device(META);

    /// <summary>Opens one until it is disposed.</summary>
    public static Skeleton Open() => new();

    /// <summary>Builds with one open; where that fails, without.</summary>
    public static T Build<T>(Func<T> build)
    {
        try
        {
            using (Open()) return build();
        }
        // Whatever it is that a module does with values, and however its builder words the failure.
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            return build();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => set_default_device(before);
}
