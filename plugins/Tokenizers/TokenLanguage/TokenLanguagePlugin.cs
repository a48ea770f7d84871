using PluginHost;
using PluginHost.Plugins.TokenLanguage;

[assembly: Plugin(typeof(TokenLanguagePlugin))]

namespace PluginHost.Plugins.TokenLanguage;

/// <summary>DNAGPT's token language.</summary>
public sealed class TokenLanguagePlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<ITokenizer,
            TokenLanguageOptions>("token-language", (options, context) => TokenLanguageTokenizer.Create(options, context),
            "Non-overlapping k-mers, numbers and instructions in one language, with the published ids (Zhang et al. 2023, DNAGPT, "
                + "2.2 and S1.2).");
}
