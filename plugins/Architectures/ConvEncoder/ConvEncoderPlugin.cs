using PluginHost;
using PluginHost.Plugins.ConvEncoder;

[assembly: Plugin(typeof(ConvEncoderPlugin))]

namespace PluginHost.Plugins.ConvEncoder;

/// <summary>The convolutional encoder.</summary>
public sealed class ConvEncoderPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) => catalog.Add<Backbone, ConvEncoderOptions>(
        "conv-encoder", (options, context) => new ConvEncoder(options, context.Tokenizer.Vocabulary.Count),
        "Convolutions at every token, attention over places of several, and back: small, quick, of any length.");
}
