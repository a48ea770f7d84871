using PluginHost;
using PluginHost.Plugins.Siamese;

[assembly: Plugin(typeof(SiamesePlugin))]

namespace PluginHost.Plugins.Siamese;

/// <summary>Any backbone over two sequences, each by itself.</summary>
public sealed class SiamesePlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<Backbone, SiameseOptions>("siamese", (options, context) => new Siamese(options, context),
            "Two sequences, each read by the same architecture, whose vectors and their difference stand for the pair: effects of variants "
                + "(Bromley et al. 1993; Genomics-FM, A.3.15).");
}
