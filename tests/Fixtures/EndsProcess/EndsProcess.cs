using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(EndsProcess))]

namespace PluginHost.Fixtures;

/// <summary>Ends the process with success while it is registered: only another process can tell.</summary>
public sealed class EndsProcess : IPlugin
{
    public void Register(ICatalog catalog) => Environment.Exit(0);
}
