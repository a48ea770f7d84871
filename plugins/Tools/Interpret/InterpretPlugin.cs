using PluginHost;
using PluginHost.Plugins.Interpret;
using PluginHost.Plugins.Interpret.Attribution;

[assembly: Plugin(typeof(InterpretPlugin))]

namespace PluginHost.Plugins.Interpret;

/// <summary>What a trained model goes by.</summary>
public sealed class InterpretPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<ITool, AttributeOptions>("interpret attribute", (options, context) => new AttributeTool(options, context),
            "Attribution: how much each base counts for what a model says, by several methods, and how far they agree.");
}
