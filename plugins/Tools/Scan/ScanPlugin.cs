using PluginHost;
using PluginHost.Plugins.Scan;

[assembly: Plugin(typeof(ScanPlugin))]

namespace PluginHost.Plugins.Scan;

/// <summary>Trained models over genomes.</summary>
public sealed class ScanPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<ITool, ScanOptions>("scan", (options, context) => new ScanTool(options, context),
            "Slides a trained model over genomes: peaks as BED, tracks as bedGraph or bigWig, windows as a table.");
}
