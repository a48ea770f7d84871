using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(ThrowsInConstructor))]

namespace PluginHost.Fixtures;

/// <summary>Its entry type cannot be constructed.</summary>
public sealed class ThrowsInConstructor : IPlugin
{
    public ThrowsInConstructor() => throw new ArgumentException("constructor trouble");

    public void Register(ICatalog catalog) { }
}
