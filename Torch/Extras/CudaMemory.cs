#if !TORCHSHARP
using PluginHost.Torch.Interop;
#endif

namespace PluginHost.Torch;

/// <summary>The caching allocator of CUDA devices.</summary>
public static class CudaMemory
{
    /// <summary>Gives cached, unused blocks back to the driver. False where this build cannot, or without CUDA.</summary>
    public static bool EmptyCache() =>
#if TORCHSHARP
        false;
#else
        Native.ts_cuda_device_count() > 0 && Native.ts_cuda_empty_cache() == 1;
#endif

    /// <summary>Bytes of live tensors now and at the highest; null where this build cannot tell.</summary>
    public static unsafe (long Current, long Peak)? Allocated(int device = 0)
    {
#if TORCHSHARP
        return null;
#else
        long current, peak;
        return Native.ts_cuda_device_count() > device && Native.ts_cuda_allocated(device, &current, &peak) == 1
            ? (current, peak) : null;
#endif
    }
}
