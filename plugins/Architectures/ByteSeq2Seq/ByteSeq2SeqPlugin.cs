using PluginHost;
using PluginHost.Checkpoints;
using PluginHost.Plugins.ByteSeq2Seq;
using PluginHost.Plugins.ByteSeq2Seq.Published;

[assembly: Plugin(typeof(ByteSeq2SeqPlugin))]

namespace PluginHost.Plugins.ByteSeq2Seq;

/// <summary>ENBED's encoder-decoder.</summary>
public sealed class ByteSeq2SeqPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<Backbone,
            ByteSeq2SeqOptions>("byte-seq2seq", (options, context) => new ByteSeq2Seq(options, context.Tokenizer.Vocabulary),
            "ENBED (Malusare et al. 2024): T5-like encoder-decoder with sliding-window attention and global block tokens.");
        catalog.Add<ICheckpointLayout, NoOptions>("enbed", (_, _) => new EnbedLayout(),
            "Byte models under T5's and ByT5's names: config.json and weights; dense attention.");
    }
}
