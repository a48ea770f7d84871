using PluginHost;
using PluginHost.Plugins.WholeGGramMasking;

[assembly: Plugin(typeof(WholeGGramMaskingPlugin))]

namespace PluginHost.Plugins.WholeGGramMasking;

/// <summary>Masked language modelling that hides whole G-grams.</summary>
public sealed class WholeGGramMaskingPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<IObjective, WholeGGramMaskingOptions>("whole-ggram-masking", (options, context) =>
            WholeGGramMaskingObjective.Create(options, context.Tokenizer),
            "Hides tokens, every G-gram they belong to, and these G-grams from the G-gram encoder, and asks for the tokens back (DNAZEN, "
                + "section 2.4).");
}
