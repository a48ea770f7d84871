using PluginHost;
using PluginHost.Checkpoints;
using PluginHost.Plugins.GGramEncoder;

[assembly: Plugin(typeof(GGramEncoderPlugin))]

namespace PluginHost.Plugins.GGramEncoder;

/// <summary>DNAZEN's pair of encoders.</summary>
public sealed class GGramEncoderPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<Backbone, GGramEncoderOptions>("ggram-encoder", (options, context) => new GGramEncoder(options, context),
            "DNAZEN: a token encoder as DNABERT-2's with an encoder of G-grams beside it, added into the tokens layer by layer; published "
                + "parameter names.");
        catalog.Add<ICheckpointLayout, NoOptions>("dnazen", (_, _) => new DnazenLayout(),
            "DNAZEN's weights, as released and before: config.json, tokenizer.json, ngram.json.");
    }
}
