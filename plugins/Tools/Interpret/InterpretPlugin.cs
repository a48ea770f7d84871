using PluginHost;
using PluginHost.Plugins.Interpret;
using PluginHost.Plugins.Interpret.Attention;
using PluginHost.Plugins.Interpret.Attribution;
using PluginHost.Plugins.Interpret.Decoders;
using PluginHost.Plugins.Interpret.Embeddings;
using PluginHost.Plugins.Interpret.GGrams;
using PluginHost.Plugins.Interpret.Motifs;
using PluginHost.Plugins.Interpret.Vocabularies;

[assembly: Plugin(typeof(InterpretPlugin))]

namespace PluginHost.Plugins.Interpret;

/// <summary>What a trained model looks at and what it has learnt.</summary>
public sealed class InterpretPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<ITool, AttentionOptions>("interpret attention", (options, context) => new AttentionTool(options, context),
            "Shows which bases a model attends to: maps of sequences, landscapes of classes and plots of heads.");
        catalog.Add<ITool, AttributeOptions>("interpret attribute", (options, context) => new AttributeTool(options, context),
            "Attribution: how much each base counts for what a model says, by several methods, and how far they agree.");
        catalog.Add<ITool, CompareOptions>("interpret compare", (options, context) => new CompareTool(options, context),
            "Compares the tokens of a model's vocabulary with known motifs.");
        catalog.Add<ITool, DecoderOptions>("interpret decoder", (options, context) => new DecoderTool(options, context),
            "Shows which bases of the sequence, or of its own target, each base that a decoder writes looks at.");
        catalog.Add<ITool, EmbeddingOptions>("interpret embeddings", (options, context) => new EmbeddingTool(options, context),
            "Maps the vectors of sequences, and measures how well they separate classes.");
        catalog.Add<ITool, GGramOptions>("interpret ggrams", (options, context) => new GGramTool(options, context),
            "Counts a model's G-grams by data set and split, and shows which ones it attends to.");
        catalog.Add<ITool, MotifOptions>("interpret motifs", (options, context) => new MotifTool(options, context),
            "Finds motifs in the regions that a model's attention, or any score of bases, makes stand out.");
    }
}
