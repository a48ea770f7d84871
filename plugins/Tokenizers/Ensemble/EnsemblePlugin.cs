using PluginHost;
using PluginHost.Plugins.Ensemble;
using PluginHost.Plugins.Ensemble.Ranking;

[assembly: Plugin(typeof(EnsemblePlugin))]

namespace PluginHost.Plugins.Ensemble;

/// <summary>Several vocabularies in one: the tokenizer, and the command that chooses one of them for a task.</summary>
public sealed class EnsemblePlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<ITokenizer, EnsembleOptions>("ensemble", (options, context) => EnsembleTokenizer.Create(options, context),
            "Several tokenizers over one vocabulary, each announced by a prompt token (Genomics-FM, section 2.1).");
        catalog.Add<ITool, RankOptions>("vocabulary rank", (options, context) => new RankTool(options, context),
            "Ranks vocabularies by their overlap with a task's sequences (Genomics-FM, A.8).");
    }
}
