using PluginHost;
using PluginHost.Plugins.BertEncoder;

[assembly: Plugin(typeof(BertEncoderPlugin))]

namespace PluginHost.Plugins.BertEncoder;

/// <summary>The BERT encoder.</summary>
public sealed class BertEncoderPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<Backbone, BertEncoderOptions>("bert-encoder", (options, context) => new BertEncoder(options, context),
            "BERT (Devlin et al. 2019) as DNABERT uses it, and by options DNABERT-2 and Genomics-FM; published parameter names.");
}
