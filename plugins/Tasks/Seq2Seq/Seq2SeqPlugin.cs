using PluginHost;
using PluginHost.Plugins.Seq2Seq;

[assembly: Plugin(typeof(Seq2SeqPlugin))]

namespace PluginHost.Plugins.Seq2Seq;

/// <summary>Sequence to sequence.</summary>
public sealed class Seq2SeqPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<IObjective, Seq2SeqOptions>("seq2seq", (options, context) => new Seq2SeqObjective(options, context),
            "Asks for one sequence from another, by an encoder-decoder or, behind a separator, by a causal model (Malusare et al. 2024).");
        catalog.Add<IMetric, NoOptions>(ExactMatch.Name, (_, _) => new ExactMatch(),
            "Share of written sequences that are the true ones, base by base.");
    }
}
