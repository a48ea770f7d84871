using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(FailsFast))]

namespace PluginHost.Fixtures;

/// <summary>Ends the process on purpose, past every handler.</summary>
public sealed class FailsFast : IPlugin
{
    public void Register(ICatalog catalog) => Environment.FailFast("the licence server is down");
}
