using PluginHost;
using PluginHost.Plugins.Decoders;

[assembly: Plugin(typeof(DecodersPlugin))]

namespace PluginHost.Plugins.Decoders;

/// <summary>How the next token is chosen while a model writes.</summary>
public sealed class DecodersPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<IDecoder, NoOptions>("greedy", (_, _) => new GreedyDecoder(), "Always the likeliest token.");
        catalog.Add<IDecoder, SampleOptions>("sample", (options, _) => new SampleDecoder(options),
            "Draws tokens by their probabilities, sharpened or flattened by a temperature, of the likeliest only where asked.");
        catalog.Add<IDecoder, BeamOptions>("beam", (options, _) => new BeamDecoder(options),
            "Beam search: follows several sequences of each prompt and gives back the likeliest ones.");
    }
}
