using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(OverflowsStack))]

namespace PluginHost.Fixtures;

/// <summary>Calls itself for ever, which no handler can catch.</summary>
public sealed class OverflowsStack : IPlugin
{
    public void Register(ICatalog catalog) => Deeper(1);

    private static int Deeper(int depth) => Deeper(depth + 1) + Deeper(depth + 2);
}
