using PluginHost;
using PluginHost.Plugins.SpanCorruption;

[assembly: Plugin(typeof(SpanCorruptionPlugin))]

namespace PluginHost.Plugins.SpanCorruption;

/// <summary>Span corruption.</summary>
public sealed class SpanCorruptionPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<IObjective, SpanCorruptionOptions>("span-corruption", (options, context) =>
            new SpanCorruptionObjective(options, context.Tokenizer.Vocabulary),
            "Replaces spans by indexed sentinels and asks a decoder for what they held (Raffel et al. 2020; Malusare et al. 2024).");
        catalog.Add<Head, DecoderHeadOptions>("decoder-head", (options, context) => new DecoderHead(options, context),
            "Scores of every token at every decoder position: one matrix, its own or the token embedding (Raffel et al. 2020).");
    }
}
