using PluginHost;
using PluginHost.Plugins.Generate;

[assembly: Plugin(typeof(GeneratePlugin))]

namespace PluginHost.Plugins.Generate;

/// <summary>Models that write.</summary>
public sealed class GeneratePlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<ITool, GenerateOptions>("generate", (options, context) => new GenerateTool(options, context),
            "Lets a model write sequences, from nothing, from a prompt or from a source, as FASTA, a table or haplotypes.");
}
