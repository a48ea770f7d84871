using static TorchSharp.torch;

namespace PluginHost.Torch.Native;

/// <summary>The memory behind a tensor on the CPU, for kernels of our own.</summary>
internal static unsafe class Memory
{
    /// <summary>Whether it can be had from this libtorch.</summary>
    internal static bool IsAvailable { get; } = EntryPoints.DataPointer != 0;

    /// <summary>Its first element. The caller keeps the tensor alive.</summary>
    internal static void* Of(Tensor tensor)
    {
        void* data;
        return ((delegate* unmanaged<nint, void**, int>)EntryPoints.DataPointer)(tensor.Handle, &data) == 0
            ? data : throw new InvalidOperationException("a tensor's memory cannot be had");
    }
}
