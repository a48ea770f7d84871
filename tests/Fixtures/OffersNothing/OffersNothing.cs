using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(OffersNothing))]

namespace PluginHost.Fixtures;

/// <summary>Has nothing to register.</summary>
public sealed class OffersNothing : IPlugin
{
    public void Register(ICatalog catalog) { }
}
