using PluginHost;
using PluginHost.Plugins.Variants;
using PluginHost.Plugins.Variants.Scoring;

[assembly: Plugin(typeof(VariantsPlugin))]

namespace PluginHost.Plugins.Variants;

/// <summary>What trained models say of variants.</summary>
public sealed class VariantsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<ITool, ScoreOptions>("variants score", (options, context) => new ScoreTool(options, context),
            "Scores variants: how what a trained model says of a window changes from the reference allele to the alternative.");
}
