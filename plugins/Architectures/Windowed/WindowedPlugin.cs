using PluginHost;
using PluginHost.Plugins.Windowed;

[assembly: Plugin(typeof(WindowedPlugin))]

namespace PluginHost.Plugins.Windowed;

/// <summary>Any backbone over sequences longer than it takes.</summary>
public sealed class WindowedPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<Backbone, WindowedOptions>("windowed", (options, context) => new Windowed(options, context),
            "DNABERT-XL: cuts a long sequence into pieces that another architecture takes, and concatenates or pools their representations "
                + "(Ji et al. 2021, 2.2.1).");
}
