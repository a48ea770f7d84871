using PluginHost;
using PluginHost.Plugins.Mutations;

[assembly: Plugin(typeof(MutationsPlugin))]

namespace PluginHost.Plugins.Mutations;

/// <summary>Which mutations a model expects.</summary>
public sealed class MutationsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<ITool, MutationsOptions>("mutations", (options, context) => new MutationsTool(options, context),
            "Writes the children that a sequence-to-sequence model expects of parents, ranks them, lists their mutations and compares them "
            + "with true ones (Malusare et al. 2024).");
}
