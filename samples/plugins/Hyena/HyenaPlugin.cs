using Hyena;
using PluginHost;

[assembly: Plugin(typeof(HyenaPlugin))]

namespace Hyena;

/// <summary>The DLL's table of contents.</summary>
public sealed class HyenaPlugin : IPlugin
{
    public void Register(ICatalog catalog) => catalog.Add<Backbone, HyenaOptions>(
        "hyena", (options, context) => new HyenaBackbone(options, context.Tokenizer.Vocabulary.Count),
        "Gated long convolutions in place of attention (Hyena, Poli et al. 2023; HyenaDNA, Nguyen et al. 2023).");
}
