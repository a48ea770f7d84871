using PluginHost;
using PluginHost.Plugins.KMer;

[assembly: Plugin(typeof(KMerPlugin))]

namespace PluginHost.Plugins.KMer;

/// <summary>The k-mer tokenizer.</summary>
public sealed class KMerPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<ITokenizer, KMerOptions>("kmer", (options, context) => KMerTokenizer.Create(options, context),
            "Overlapping or strided k-mers with the published DNABERT ids (Ji et al. 2021, section 2.2.1).");
}
