using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(LoopsInStaticConstructor))]

namespace PluginHost.Fixtures;

/// <summary>Never comes into being.</summary>
public sealed class LoopsInStaticConstructor : IPlugin
{
    static LoopsInStaticConstructor()
    {
        while (true) Thread.Sleep(10);
    }

    public void Register(ICatalog catalog) { }
}
