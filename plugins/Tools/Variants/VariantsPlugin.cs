using PluginHost;
using PluginHost.Plugins.Variants;
using PluginHost.Plugins.Variants.Saturation;

[assembly: Plugin(typeof(VariantsPlugin))]

namespace PluginHost.Plugins.Variants;

/// <summary>What a trained model makes of changes of a sequence.</summary>
public sealed class VariantsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<ITool, SaturateOptions>("variants saturate", (options, context) => new SaturateTool(options, context),
            "Saturation mutagenesis: what every change of every base does to what a model says, as a table and mutation maps.");
}
