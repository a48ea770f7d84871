#if !TORCHSHARP
using PluginHost.Torch.Interop;
#endif

namespace PluginHost.Torch;

/// <summary>
/// The large blocks (1 MiB and more) behind tensors on the CPU. Freed ones are kept for reuse: fresh memory costs more to page
/// in than to fill. Kept and used blocks together stay within a quarter above the most that was used at once.
/// </summary>
public static class CpuMemory
{
    /// <summary>Bytes of blocks in use, of those kept for reuse, and the most ever in use; null with TorchSharp.</summary>
    public static unsafe (long Used, long Kept, long Peak)? Blocks
    {
        get
        {
#if TORCHSHARP
            return null;
#else
            long used, kept, peak;
            Native.ts_cpu_cache_tell(&used, &kept, &peak);
            return (used, kept, peak);
#endif
        }
    }

    /// <summary>Gives kept blocks back to the system, and forgets the peak.</summary>
    public static void EmptyCache()
    {
#if !TORCHSHARP
        Native.ts_cpu_cache_empty();
#endif
    }
}
