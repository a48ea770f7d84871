using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(ThrowsWhileBuilding))]

namespace PluginHost.Fixtures;

/// <summary>Registers well, but its components cannot be built.</summary>
public sealed class ThrowsWhileBuilding : IPlugin
{
    public void Register(ICatalog catalog)
    {
        catalog.Add<IMetric, NoOptions>("explosive", (_, _) => throw new DivideByZeroException("boom"), "Throws when built.");
        catalog.Add<IMetric, NoOptions>("nothing", (_, _) => null!, "Is nothing when built.");
        catalog.Add<IMetric,
            NoOptions>("picky", (_, _) => throw new DataException("the file x.txt is missing"), "Fails with a message of its own.");
    }
}
