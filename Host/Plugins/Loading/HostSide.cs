using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;

namespace PluginHost.Host.Plugins.Loading;

/// <summary>What one plugin gets from the host: the shared assemblies and nothing else.</summary>
/// <remarks>
/// McMaster asks it before it looks into the plugin's folder, and takes an exception for "not here". That is also where the
/// plugin's own assemblies come in, as they were when it was loaded: in the folder there may be others by now. What it finds in neither
/// place the runtime hands out from among the host's own packages, and McMaster has no means against that: for those names there
/// is an empty assembly here, in which no type is found.
/// </remarks>
internal sealed class HostSide(PluginFiles files) : AssemblyLoadContext("host's side of " + files.Name)
{
    private static readonly HashSet<string> hosts = [.. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator).Select(p => Path.GetFileNameWithoutExtension(p)!)];

    private readonly ConcurrentDictionary<string, AssemblyName> denied = new(StringComparer.Ordinal);

    /// <summary>Loads what the plugin brought along from its copy in memory; null where it brought none of the name.</summary>
    public Func<AssemblyName, Assembly?>? Own { get; set; }

    /// <summary>What was asked for and stands empty.</summary>
    public IReadOnlyCollection<AssemblyName> Denied => [.. denied.Values];

    /// <inheritdoc/>
    protected override Assembly Load(AssemblyName name)
    {
        if (Shared(name) is { } shared) return shared;
        if (Own?.Invoke(name) is { } own) return own;
        if (!files.Lacks(name) || !hosts.Contains(name.Name!)) throw new FileNotFoundException(null, name.Name);
        denied[name.FullName] = name;
        return Empty(name);
    }

    private Assembly? Shared(AssemblyName name)
    {
        try { return SharedAssemblies.Find(name); }
        // The framework's is older than asked for.
        catch (IOException) when (files.Find(name) is not null) { return null; }
    }

    private static Assembly Empty(AssemblyName name)
    {
        using var image = new MemoryStream();
        var empty = new PersistedAssemblyBuilder(name, typeof(object).Assembly);
        empty.DefineDynamicModule(name.Name!);
        empty.Save(image);
        image.Position = 0;
        // A context each: one does not take a second version of a name.
        return new AssemblyLoadContext($"{name.Name}, which a plugin lacks").LoadFromStream(image);
    }
}
