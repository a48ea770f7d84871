using PluginHost;
using PluginHost.Checkpoints;
using PluginHost.Plugins.BertEncoder;

[assembly: Plugin(typeof(BertEncoderPlugin))]

namespace PluginHost.Plugins.BertEncoder;

/// <summary>The BERT encoder.</summary>
public sealed class BertEncoderPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<Backbone, BertEncoderOptions>("bert-encoder", (options, context) => new BertEncoder(options, context),
            "BERT (Devlin et al. 2019) as DNABERT uses it, and by options DNABERT-2 and Genomics-FM; published parameter names.");
        catalog.Add<ICheckpointLayout, NoOptions>("dnabert", (_, _) => new KMerBertLayout(),
            "DNABERT's weights (Ji et al. 2021), 3- to 6-mers: config.json, vocab.txt.");
        catalog.Add<ICheckpointLayout, NoOptions>("dnabert2", (_, _) => new MosaicBertLayout(),
            "DNABERT-2's weights (Zhou et al. 2024): config.json, tokenizer.json.");
        catalog.Add<ICheckpointLayout, NoOptions>("genomics-fm", (_, _) => new GenomicsFmLayout(),
            "Genomics-FM's weights: config.json, the byte-pair tokenizer.json and, where there is one, the union's vocab.txt.");
    }
}
