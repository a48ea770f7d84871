using PluginHost;
using PluginHost.Plugins.MaskedLm;

[assembly: Plugin(typeof(MaskedLmPlugin))]

namespace PluginHost.Plugins.MaskedLm;

/// <summary>Masked language modelling.</summary>
public sealed class MaskedLmPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<IObjective, MaskedLmOptions>("masked-lm", (options, context) => new MaskedLmObjective(options, context.Tokenizer),
            "Hides every token that touches a drawn stretch of bases and asks for it back (Ji et al. 2021, 2.2.2).");
        catalog.Add<Head, MaskedLmHeadOptions>("masked-lm-head", (options, context) => new MaskedLmHead(options, context),
            "Dense, GELU, layer norm and a decoder tied to the token embedding (Devlin et al. 2019).");
    }
}
