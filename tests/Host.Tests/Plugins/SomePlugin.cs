using PluginHost.Host.Plugins;

namespace PluginHost.Host.Tests.Plugins;

/// <summary>An offerer for catalogs of tests.</summary>
internal static class SomePlugin
{
    public static PluginInfo Info { get; } = new("Some", "/p/Some/Some.dll", "1", "", null);
}
