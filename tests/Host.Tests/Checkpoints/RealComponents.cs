using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Loading;

namespace PluginHost.Host.Tests.Checkpoints;

/// <summary>The components of the plugins as they were built.</summary>
internal static class RealComponents
{
    private static readonly Lazy<ComponentFactory> factory = new(() => new ComponentFactory(() =>
    {
        var catalog = new Catalog();
        PluginLoader.Load(PluginFolders.Find([Path.Combine(Repository.Root, "artifacts", "plugins")]), catalog);
        return catalog;
    }));

    public static ComponentFactory Factory => factory.Value;
}
