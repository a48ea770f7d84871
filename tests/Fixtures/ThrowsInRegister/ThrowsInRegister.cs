using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(ThrowsInRegister))]

namespace PluginHost.Fixtures;

/// <summary>Offers one component and then fails: nothing of it may stay in the catalog.</summary>
public sealed class ThrowsInRegister : IPlugin
{
    public void Register(ICatalog catalog)
    {
        catalog.Add<IMetric, NoOptions>("half-registered", (_, _) => new ConstantMetric(0), "Was offered before the failure.");
        throw new InvalidOperationException("the plugin's table of contents is on fire");
    }
}
