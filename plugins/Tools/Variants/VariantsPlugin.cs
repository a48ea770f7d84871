using PluginHost;
using PluginHost.Plugins.Variants;
using PluginHost.Plugins.Variants.Saturation;
using PluginHost.Plugins.Variants.Scoring;

[assembly: Plugin(typeof(VariantsPlugin))]

namespace PluginHost.Plugins.Variants;

/// <summary>What trained models say of variants.</summary>
public sealed class VariantsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<ITool, ScoreOptions>("variants score", (options, context) => new ScoreTool(options, context),
            "Scores variants: how what a trained model says of a window changes from the reference allele to the alternative.");
        catalog.Add<ITool, SaturateOptions>("variants saturate", (options, context) => new SaturateTool(options, context),
            "Saturation mutagenesis: what every change of every base does to what a model says, as a table and mutation maps.");
    }
}
