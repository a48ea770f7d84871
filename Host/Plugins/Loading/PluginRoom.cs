using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using McMaster.NETCore.Plugins.Loader;

namespace PluginHost.Host.Plugins.Loading;

/// <summary>The room one plugin lives in: a load context of McMaster's, and around it what McMaster lacks.</summary>
/// <remarks>
/// It separates versions, not trust: a plugin runs with all the rights of the host. McMaster finds the plugin's dependencies and
/// loads them and their symbols from a copy in memory. Its builder is used and not its PluginLoader: that one, told to load into
/// memory, also copies native libraries away from others that lie beside them and that they need.
/// </remarks>
internal sealed class PluginRoom
{
    private readonly PluginFiles files;
    private readonly HostSide host;
    private readonly AssemblyLoadContext context;
    private readonly ConcurrentDictionary<string, Lazy<Assembly?>> own = new(StringComparer.Ordinal);

    /// <param name="file">Full path of the plugin's DLL.</param>
    public PluginRoom(string file) : this(file, PluginContent.Read(Path.GetDirectoryName(file)!)) { }

    /// <inheritdoc cref="PluginRoom(string)"/>
    /// <param name="content">What its folder holds.</param>
    public PluginRoom(string file, PluginContent content)
    {
        files = new PluginFiles(file, content);
        host = new HostSide(files);
        // Not a list of shared assemblies: McMaster would share with them all that they reference, and so impose TorchSharp's
        // Google.Protobuf on plugins that bring another version. The host's side is asked about every name instead.
        var builder = new AssemblyLoadContextBuilder().SetMainAssemblyPath(file).PreloadAssembliesIntoMemory()
            .SetDefaultContext(host).PreferDefaultLoadContext(true);
        foreach (var library in files.Natives()) builder.AddNativeLibrary(library);
        context = builder.Build();
        context.ResolvingUnmanagedDll += (_, name) => files.FindNative(name) is { } path ? NativeLibrary.Load(path) : 0;
        context.Resolving += (_, name) => files.Lacks(name) ? throw new MissingDependencyException(name) : null;
        host.Own = LoadOwn;
    }

    /// <summary>What the plugin asked for in vain although the host has it for itself.</summary>
    public IReadOnlyCollection<AssemblyName> Denied => host.Denied;

    /// <summary>Loads the plugin's own assembly, of which no code runs yet.</summary>
    /// <exception cref="MissingDependencyException">It references an assembly that it neither brings nor gets from the host.</exception>
    public Assembly Open()
    {
        var assembly = Load(new AssemblyName(files.Name));
        // Bound one by one when they are first used, which may be in the middle of a run.
        if (assembly.GetReferencedAssemblies().FirstOrDefault(files.Lacks) is { } missing) throw new MissingDependencyException(missing);
        return assembly;
    }

    /// <summary>Loads what the plugin calls by this name.</summary>
    public Assembly Load(AssemblyName name) => context.LoadFromAssemblyName(name);

    /// <summary>Loads from memory, each file once whoever asks and under whatever version.</summary>
    private Assembly? LoadOwn(AssemblyName name) => files.Find(name) is not { } path ? null : own.GetOrAdd(path, _ => new(() =>
        files.Take(path) is not var (image, symbols) ? null
            : context.LoadFromStream(new MemoryStream(image), symbols is null ? null : new MemoryStream(symbols)))).Value;
}
