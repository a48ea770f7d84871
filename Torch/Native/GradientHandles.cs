using static TorchSharp.torch;

namespace PluginHost.Torch.Native;

/// <summary>
/// Frees the managed ends of gradients that our own backward passes return. libtorch takes copies of the handles after the pass has
/// returned, so they can be freed no sooner than when the next pass begins; the dispose scope around a whole backward call would keep
/// every layer's until its end.
/// </summary>
internal static class GradientHandles
{
    [ThreadStatic]
    private static List<Tensor>? handed;

    /// <summary>Ends a backward pass: keeps what it returns until the next one, and frees what it was given.</summary>
    /// <param name="given">The gradient of the output.</param>
    /// <param name="gradients">Those of the inputs; null for none.</param>
    internal static List<Tensor> HandOver(Tensor given, params Tensor?[] gradients)
    {
        handed?.ForEach(static tensor => tensor.Dispose());
        handed = [.. gradients.OfType<Tensor>().Select(static tensor => tensor.DetachFromDisposeScope())];
        // Not Contains, which would compare elements.
        if (!handed.Exists(tensor => ReferenceEquals(tensor, given))) given.Dispose();
        return [.. gradients.Select(static gradient => gradient!)];
    }
}
