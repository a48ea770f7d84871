using PluginHost.Torch.Loading;

namespace PluginHost.Torch;

/// <summary>
/// What happens to the memory of tensors on the CPU when they are freed: glibc keeps it for the next, up to 32 MiB a block, since
/// fresh memory costs more to page in than to fill.
/// </summary>
public static partial class CpuMemory
{
    /// <summary>Whether freed memory is kept; PLUGINHOST_CPU_CACHE=0 in the environment leaves glibc as it is.</summary>
    public static bool IsKept => NativeEnvironment.KeepsFreedBlocks;

    /// <summary>Gives what is free back to the system, as far as it lies in whole pages.</summary>
    /// <returns>Whether anything was given back; false also where the C library is another.</returns>
    public static bool EmptyCache()
    {
        try
        {
            return malloc_trim(0) == 1;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [System.Runtime.InteropServices.LibraryImport("libc")]
    private static partial int malloc_trim(nuint pad);
}
