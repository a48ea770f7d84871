using PluginHost;
using PluginHost.Fixtures;
using Speech;

[assembly: Plugin(typeof(SpeechOne))]

namespace PluginHost.Fixtures;

/// <summary>
/// Needs version 1 of a library that another plugin needs in version 2, and offers a component under the same name as that plugin.
/// </summary>
public sealed class SpeechOne : IPlugin
{
    public void Register(ICatalog catalog) =>
        catalog.Add<IMetric, NoOptions>("speech", (_, _) => new ConstantMetric(Speaker.Version), "The version of the library in use.");
}

internal sealed class Orator : Speaker;
