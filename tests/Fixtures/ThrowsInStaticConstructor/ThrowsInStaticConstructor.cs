using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(ThrowsInStaticConstructor))]

namespace PluginHost.Fixtures;

/// <summary>Its entry type cannot be initialised.</summary>
public sealed class ThrowsInStaticConstructor : IPlugin
{
    static ThrowsInStaticConstructor() => throw new NotSupportedException("static trouble");

    public void Register(ICatalog catalog) { }
}
