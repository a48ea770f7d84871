using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(NeedsYamlReader))]

namespace PluginHost.Fixtures;

/// <summary>Brings a library along, but not what that library needs.</summary>
public sealed class NeedsYamlReader : IPlugin
{
    public void Register(ICatalog catalog) =>
        catalog.Add<IMetric, NoOptions>("reads", (_, _) => new ConstantMetric(new EagerReader().Message.Length), "Does not get far.");
}

internal sealed class EagerReader : Reader;
