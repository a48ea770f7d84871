using PluginHost;
using PluginHost.Plugins.Bpe;
using PluginHost.Plugins.Bpe.Training;

[assembly: Plugin(typeof(BpePlugin))]

namespace PluginHost.Plugins.Bpe;

/// <summary>Byte-pair encoding: the tokenizer, and the command that trains a vocabulary for it.</summary>
public sealed class BpePlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<ITokenizer, BpeOptions>("bpe", (options, context) => BpeTokenizer.Create(options, context),
            "Byte-pair encoding from a Hugging Face tokenizer.json, as DNABERT-2's (Zhou et al. 2023), in linear time.");
        catalog.Add<ITool, BpeTrainOptions>("bpe train", (options, context) => new BpeTrainTool(options, context),
            "Trains a byte-pair vocabulary on FASTA and writes it as a tokenizer.json.");
    }
}
