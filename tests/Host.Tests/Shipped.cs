using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Loading;

namespace PluginHost.Host.Tests;

/// <summary>The plugins of this checkout, loaded as the host loads them.</summary>
internal static class Shipped
{
    private static readonly ComponentFactory factory = new(() =>
    {
        var catalog = new Catalog();
        PluginLoader.Load(PluginFolders.Find([Path.Combine(Repository.Root, "artifacts", "plugins")]), catalog);
        return catalog;
    });

    /// <summary>Builds a component that needs neither tokenizer nor backbone.</summary>
    public static T Build<T>(string name, params (string Option, object Value)[] options) where T : class
    {
        var spec = new ComponentSpec(name, options.ToDictionary(o => o.Option, o => (object?)o.Value));
        return factory.Build<T>(spec, new PipelineBuildContext(factory, null, null, PathSearch.WorkingDirectory));
    }
}
