using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace PluginHost.Host.Plugins.Loading;

/// <summary>The room one plugin lives in: its own dependencies from its own folder, the contract and the framework from the host, and nothing else of the host's.</summary>
/// <remarks>It separates versions, not trust: a plugin runs with all the rights of the host.</remarks>
internal sealed class PluginLoadContext : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver resolver;
    private readonly string folder;

    /// <param name="file">Full path of the plugin's DLL.</param>
    public PluginLoadContext(string file) : base(Path.GetFileNameWithoutExtension(file))
    {
        folder = Path.GetDirectoryName(file)!;
        resolver = new AssemblyDependencyResolver(file);
    }

    /// <summary>Loads an assembly from a copy in memory, so that the file may be replaced while the host runs.</summary>
    public Assembly LoadImage(string path)
    {
        using var image = new MemoryStream(File.ReadAllBytes(path));
        var symbols = Path.ChangeExtension(path, ".pdb");
        if (!File.Exists(symbols)) return LoadFromStream(image);
        using var debug = new MemoryStream(File.ReadAllBytes(symbols));
        return LoadFromStream(image, debug);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName name)
    {
        // Null means: from the host. The contract must be one and the same for all, even if a copy lies in the folder.
        if (SharedAssemblies.IsShared(name)) return null;
        if (Find(name) is { } path) return LoadImage(path);
        // Satellite assemblies are optional: the neutral resources serve.
        if (!string.IsNullOrEmpty(name.CultureName)) return null;
        throw new MissingDependencyException(name);
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = resolver.ResolveUnmanagedDllToPath(unmanagedDllName) ?? NativeCandidates(unmanagedDllName).FirstOrDefault(File.Exists);
        return path is null ? 0 : LoadUnmanagedDllFromPath(path);
    }

    private string? Find(AssemblyName name)
    {
        if (resolver.ResolveAssemblyToPath(name) is { } resolved) return resolved;
        var beside = Path.Combine(folder, name.Name + ".dll");
        return string.IsNullOrEmpty(name.CultureName) && File.Exists(beside) ? beside : null;
    }

    private IEnumerable<string> NativeCandidates(string name)
    {
        string[] folders = [folder, Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"), Path.Combine(folder, "runtimes", "linux-x64", "native")];
        string[] names = [name, $"lib{name}.so", $"{name}.so", $"lib{name}.dylib", $"{name}.dll"];
        return folders.SelectMany(_ => names, Path.Combine);
    }
}
