using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace PluginHost.Host.Plugins;

/// <summary>
/// Which plugin a component, or code, comes from: what messages about a broken contract name. Kept beside the objects and as long as
/// they are, so that nobody has to carry names along. Thread-safe.
/// </summary>
public static class Origins
{
    private static readonly ConditionalWeakTable<object, ComponentInfo> components = [];
    private static readonly ConditionalWeakTable<AssemblyLoadContext, PluginInfo> contexts = [];

    /// <summary>Remembers what a component was built as. One that hands on another component's instance stays what that was.</summary>
    public static void Note(object component, ComponentInfo info) => components.TryAdd(component, info);

    /// <summary>Remembers whose code is loaded into a context: the plugin's own, and that of the libraries it brings.</summary>
    public static void Note(Assembly assembly, PluginInfo plugin)
    {
        if (AssemblyLoadContext.GetLoadContext(assembly) is { } context) contexts.AddOrUpdate(context, plugin);
    }

    /// <summary>What a component was built as; null for one that no plugin made.</summary>
    public static ComponentInfo? Of(object component) => components.TryGetValue(component, out var info) ? info : null;

    /// <summary>The plugin whose code an assembly is, by itself or as a library that only this plugin sees; null for others.</summary>
    public static PluginInfo? Of(Assembly assembly) =>
        AssemblyLoadContext.GetLoadContext(assembly) is { } context && contexts.TryGetValue(context, out var plugin) ? plugin : null;

    /// <summary>All code of plugins that is loaded.</summary>
    public static IEnumerable<(PluginInfo Plugin, Assembly Assembly)> Code =>
        contexts.SelectMany(context => context.Key.Assemblies.Select(assembly => (context.Value, assembly)));

    /// <summary>A component in a sentence: "the tokenizer 'codon' of plugin CodonTokenizer".</summary>
    public static string The(object component) => Of(component) is not { } info ? $"the component {component.GetType().Name}"
        : $"the {(info.Kind == typeof(IDataSource) ? "data source" : ComponentKinds.Name(info.Kind))} '{info.Name}' of plugin "
            + info.Plugin.Name;

    /// <summary>The failure of a component that broke its contract.</summary>
    /// <param name="component">Whose fault it is.</param>
    /// <param name="what">What it did, as the rest of a sentence about it.</param>
    public static PluginException Broken(object component, string what) => new($"T{The(component)[1..]} {what}");
}
