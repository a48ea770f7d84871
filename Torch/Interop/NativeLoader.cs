using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace PluginHost.Torch.Interop;

/// <summary>Finds the native library, and sets what must be in the environment before libtorch is loaded.</summary>
internal static partial class NativeLoader
{
    private const string FileName = "libpluginhost_torch.so";

    private static int installed;
    private static int isSetUp;

    /// <summary>Registers the resolver, once.</summary>
    internal static void Install()
    {
        if (Interlocked.Exchange(ref installed, 1) == 0)
            NativeLibrary.SetDllImportResolver(typeof(NativeLoader).Assembly, Resolve);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != Native.Library) return 0;
        var path = Candidates(assembly).FirstOrDefault(File.Exists)
            ?? throw new DllNotFoundException(
                $"The native tensor library {FileName} is not built: run Torch/native/build.sh " +
                "(it needs libtorch-dev, cmake and g++), or set PLUGINHOST_NATIVE to the folder that holds it.");
        PrepareEnvironment();
        try
        {
            var handle = NativeLibrary.Load(path);
            // The runtime asks once for every native function: what was set since then must stay.
            if (Interlocked.Exchange(ref isSetUp, 1) == 0)
            {
                SetThreads(handle);
                KeepLargeBlocks(handle);
            }
            return handle;
        }
        catch (DllNotFoundException e)
        {
            throw new DllNotFoundException(
                $"The native tensor library {path} cannot be loaded; build it again for this machine's libtorch with " +
                $"Torch/native/build.sh. The loader said: {e.Message}", e);
        }
    }

    private static IEnumerable<string> Candidates(Assembly assembly)
    {
        if (Environment.GetEnvironmentVariable("PLUGINHOST_NATIVE") is { Length: > 0 } given)
        {
            yield return Path.Combine(given, FileName);
            yield return given;
        }

        var beside = Path.GetDirectoryName(assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;
        yield return Path.Combine(beside, FileName);
        foreach (var start in new[] { beside, AppContext.BaseDirectory })
        {
            for (var up = new DirectoryInfo(start); up is not null; up = up.Parent)
                yield return Path.Combine(up.FullName, "artifacts", "native", FileName);
        }
    }

    // libtorch and OpenMP read these with getenv when they are loaded; .NET's own setter does not reach getenv on Linux.
    private static void PrepareEnvironment()
    {
        if (Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512F.VL.IsSupported)
            _ = setenv("ATEN_CPU_CAPABILITY", "avx512", overwrite: 0);
        // Every thread that calls a parallel BLAS starts from this number, not only the one that sets it later.
        _ = setenv("OMP_NUM_THREADS", Threads.ToString(CultureInfo.InvariantCulture), overwrite: 1);
    }

    // libtorch's own default is one thread in some builds and every hyper-thread in others.
    private static unsafe void SetThreads(nint library)
    {
        var entry = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(library, "ts_set_num_threads");
        _ = entry(Threads);
    }

    // Before the first tensor is made. PLUGINHOST_CPU_CACHE=0 leaves libtorch's own allocator in place.
    private static unsafe void KeepLargeBlocks(nint library)
    {
        if (Environment.GetEnvironmentVariable("PLUGINHOST_CPU_CACHE") == "0") return;
        var entry = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, "ts_cpu_cache_install");
        _ = entry();
    }

    private static int Threads =>
        int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), out var asked) && asked > 0 ? asked : Topology.PhysicalCores;

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
