using System.Runtime.InteropServices;
using PluginHost.Torch.Defects;
using PluginHost.Torch.Native;

namespace PluginHost.Torch.Loading;

/// <summary>
/// libtorch and TorchSharp's native library in this process. TorchSharp takes libraries that are loaded already, so they are
/// loaded here first: from the right folder, mended where the system's libstdc++ is too old, with the environment they read.
/// </summary>
/// <remarks>
/// Before anything of TorchSharp is used, <see cref="Load"/> must have run; whoever forgets is helped by <see cref="ForgottenLoad"/>.
/// </remarks>
public static partial class Libtorch
{
    /// <summary>The libtorch that this TorchSharp was built for.</summary>
    public const string BuiltFor = "2.10.0";

    private const int Now = 2; // RTLD_NOW

    private static readonly Lock gate = new();
    private static volatile LibtorchBuild? build;
    private static bool loading;
    private static LibtorchException? failure;

    /// <summary>The folder of the libraries that are loaded.</summary>
    public static string Folder => Loaded.Libraries;

    /// <summary>How they were found: "PLUGINHOST_LIBTORCH", "the host's folder", "python3" or "NuGet".</summary>
    public static string Origin => Loaded.Origin;

    /// <summary>The version that is loaded, as it tells itself, e.g. "2.10.0".</summary>
    public static string Version
    {
        get
        {
            Load();
            return EntryPoints.AbiVersion is { } abi
                ? $"{abi >> 56}.{(abi >> 48) & 0xff}.{(abi >> 40) & 0xff}" : Loaded.Version ?? "unknown";
        }
    }

    /// <summary>Whether a mended copy of TorchSharp's library is in use, since the system's libstdc++ is older than GCC 13's.</summary>
    public static bool IsMended { get; private set; }

    private static LibtorchBuild Loaded
    {
        get
        {
            Load();
            return build!;
        }
    }

    /// <summary>Loads both, once. Later calls return at once, or repeat the failure.</summary>
    /// <exception cref="LibtorchException">They cannot be had; the message says why and what to do.</exception>
    public static void Load()
    {
        if (build is not null) return;
        lock (gate)
        {
            if (build is not null) return;
            if (failure is not null) throw failure;
            // Asked for again by TorchSharp itself, of which the last step is the first use.
            if (loading) return;
            loading = true;
            try
            {
                var loaded = LoadNow();
                TorchSharp.torch.set_num_threads(Threads.Wanted);
                build = loaded;
            }
            catch (Exception e) when (e is LibtorchException or InvalidDataException or IOException or UnauthorizedAccessException)
            {
                failure = e as LibtorchException ?? new LibtorchException($"TorchSharp's native library cannot be read: {e.Message}.", e);
                throw failure;
            }
            finally
            {
                loading = false;
            }
        }
    }

    private static LibtorchBuild LoadNow()
    {
        if (!OperatingSystem.IsLinux())
            throw new LibtorchException("This host runs on Linux (x86-64): use WSL on Windows, or a Linux machine.");
        var torchSharp = LibtorchSearch.TorchSharp();
        var chosen = LibtorchSearch.Choose(torchSharp);
        NativeEnvironment.Prepare();
        foreach (var file in LibtorchBuild.Files) Open(Path.Combine(chosen.Libraries, file));
        if (chosen.HasCuda) Open(Path.Combine(chosen.Libraries, "libtorch_cuda.so"));
        IsMended = NeedsMending(torchSharp);
        var library = IsMended ? MendedCopy.Of(torchSharp, MendedCopy.CacheFolder) : torchSharp;
        Open(library);
        var torchSharpInMemory = new LoadedLibrary(library, "THSTensor_mm");
        MatmulErrors.Catch(torchSharpInMemory, NativeLibrary.Load(Path.Combine(chosen.Libraries, LibtorchBuild.Files[1])));
        Lifetimes.Extend(torchSharpInMemory);
        return chosen;
    }

    private static bool NeedsMending(string torchSharp) =>
        !(NativeLibrary.TryLoad("libstdc++.so.6", out var system) && NativeLibrary.TryGetExport(system, StreamsMend.Symbol, out _))
        && StreamsMend.Concerns(File.ReadAllBytes(torchSharp));

    // Not NativeLibrary.Load, which binds functions when they are first called: one that is missing would then end the process.
    private static void Open(string path)
    {
        if (dlopen(path, Now) != 0) return;
        throw new LibtorchException($"{path} cannot be loaded: {Marshal.PtrToStringUTF8(dlerror())}. " +
            "'host doctor' shows which libtorch is used; PLUGINHOST_LIBTORCH names another.");
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint dlopen(string path, int flags);

    [LibraryImport("libc")]
    private static partial nint dlerror();
}
