using PluginHost;
using PluginHost.Plugins.GGram;

[assembly: Plugin(typeof(GGramPlugin))]

namespace PluginHost.Plugins.GGram;

/// <summary>G-grams: the tokenizer that matches them, and the tool that finds them.</summary>
public sealed class GGramPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<ITokenizer, GGramOptions>("ggram", GGramTokenizer.Create,
            "Another tokenizer's tokens, with the G-grams found among them (DNAZEN, section 2.2).");
        catalog.Add<ITool, ExtractOptions>("ggrams extract", (options, context) => new ExtractTool(options, context),
            "Finds the G-grams of a corpus by the pointwise mutual information of neighbouring tokens (DNAZEN, section 2.1).");
    }
}
