using PluginHost;
using PluginHost.Plugins.Variants;
using PluginHost.Plugins.Variants.Saturation;
using PluginHost.Plugins.Variants.Scoring;
using PluginHost.Plugins.Variants.Windows;

[assembly: Plugin(typeof(VariantsPlugin))]

namespace PluginHost.Plugins.Variants;

/// <summary>What trained models say of changes of a sequence.</summary>
public sealed class VariantsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<ITool, SaturateOptions>("variants saturate", (options, context) => new SaturateTool(options, context),
            "Saturation mutagenesis: what every change of every base does to what a model says, as a table and mutation maps.");
        catalog.Add<ITool, ScoreOptions>("variants score", (options, context) => new ScoreTool(options, context),
            "Scores variants: how what a trained model says of a window changes from the reference allele to the alternative.");
        catalog.Add<ITool, WindowsOptions>("variants windows", (options, context) => new WindowsTool(options, context),
            "Writes the windows of each allele of variants beside each other, for models that are trained on pairs.");
    }
}
