using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace PluginHost.Torch.Loading;

/// <summary>What must be set in the process before libtorch is loaded: .NET's own setter does not reach getenv on Linux.</summary>
internal static partial class NativeEnvironment
{
    private const int MmapThreshold = -3, TrimThreshold = -1, TopPad = -2, ArenaMax = -8;

    /// <summary>Whether freed blocks are kept for reuse; see <see cref="KeepFreedBlocks"/>.</summary>
    internal static bool KeepsFreedBlocks { get; private set; }

    internal static void Prepare()
    {
        if (Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512F.VL.IsSupported)
            _ = setenv("ATEN_CPU_CAPABILITY", "avx512", overwrite: 0);
        // Every thread that calls a parallel product starts from this number, not only the one that sets it later.
        _ = setenv("OMP_NUM_THREADS", Threads.Wanted.ToString(CultureInfo.InvariantCulture), overwrite: 1);
        KeepFreedBlocks();
    }

    /// <summary>
    /// Has glibc keep what tensors free, up to 32 MiB a block: fresh memory costs more to page in than to fill. One arena, so that
    /// a block freed by one thread serves the next. PLUGINHOST_CPU_CACHE=0 leaves glibc as it is.
    /// </summary>
    private static void KeepFreedBlocks()
    {
        if (Environment.GetEnvironmentVariable("PLUGINHOST_CPU_CACHE") == "0") return;
        try
        {
            KeepsFreedBlocks = mallopt(MmapThreshold, 32 << 20) == 1 & mallopt(TrimThreshold, 512 << 20) == 1
                & mallopt(TopPad, 64 << 20) == 1 & mallopt(ArenaMax, 1) == 1;
        }
        catch (EntryPointNotFoundException)
        {
            // musl has no mallopt: its allocator stays as it is.
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc")]
    private static partial int mallopt(int parameter, int value);
}
