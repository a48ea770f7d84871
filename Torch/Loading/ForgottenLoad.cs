using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace PluginHost.Torch.Loading;

/// <summary>
/// Loads libtorch for code that uses TorchSharp without a word to <see cref="Libtorch.Load"/>. TorchSharp looks its libraries up by
/// name when its first type is initialised: the runtime then asks here, unless the system has a libtorch of its own, which TorchSharp
/// would take. Where there is one, ours is loaded as soon as TorchSharp's assembly is.
/// </summary>
internal static class ForgottenLoad
{
    private const string TorchSharp = "TorchSharp";

#pragma warning disable CA2255 // This library is shared by all of a process, and must be first.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Expect()
    {
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;
        if (!SystemHasLibtorch()) return;
        AppDomain.CurrentDomain.AssemblyLoad += static (_, loaded) => LoadBefore(loaded.LoadedAssembly);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies()) LoadBefore(assembly);
    }

    private static void LoadBefore(Assembly assembly)
    {
        if (assembly.GetName().Name != TorchSharp) return;
        try
        {
            Libtorch.Load();
        }
        catch (LibtorchException)
        {
            // Nobody has asked yet: the next Load says it again.
        }
    }

    private static nint Resolve(Assembly assembly, string name)
    {
        if (assembly.GetName().Name != TorchSharp || name is not ("torch_cpu" or "LibTorchSharp")) return 0;
        Libtorch.Load();
        return NativeLibrary.Load(name == "torch_cpu" ? LibtorchBuild.Files[1] : LibtorchSearch.Library);
    }

    private static bool SystemHasLibtorch() => (Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "").Split(':')
        .Concat(["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/usr/lib", "/usr/local/lib"])
        .Any(static folder => folder.Length > 0 && File.Exists(Path.Combine(folder, LibtorchBuild.Files[1])));
}
