using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(LoopsInRegister))]

namespace PluginHost.Fixtures;

/// <summary>Never returns from its registration.</summary>
public sealed class LoopsInRegister : IPlugin
{
    public void Register(ICatalog catalog)
    {
        while (true) Thread.Sleep(10);
    }
}
