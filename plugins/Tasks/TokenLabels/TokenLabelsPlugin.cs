using PluginHost;
using PluginHost.Plugins.TokenLabels;

[assembly: Plugin(typeof(TokenLabelsPlugin))]

namespace PluginHost.Plugins.TokenLabels;

/// <summary>Labels along a sequence.</summary>
public sealed class TokenLabelsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<IObjective, TokenLabelsOptions>("token-labels", (options, _) => new TokenLabelsObjective(options),
            "A class for every base or token along a sequence, by cross-entropy, with any tokenizer: splice sites, coding stretches.");
        catalog.Add<Head, TokenLabelsHeadOptions>("token-labels-head", (options, context) => new TokenLabelsHead(options, context),
            "Dropout and a linear layer over each token; for a base, the mean over the tokens that cover it.");
    }
}
