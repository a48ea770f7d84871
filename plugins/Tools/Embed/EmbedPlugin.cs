using PluginHost;
using PluginHost.Plugins.Embed;

[assembly: Plugin(typeof(EmbedPlugin))]

namespace PluginHost.Plugins.Embed;

/// <summary>Vectors of sequences and tokens out of trained models.</summary>
public sealed class EmbedPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<ITool, EmbedOptions>("embed", (options, context) => new EmbedTool(options, context),
            "Writes what a trained model makes of sequences: one vector per sequence or per token, of any layer, as TSV, Parquet or npz.");
}
