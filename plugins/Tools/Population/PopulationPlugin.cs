using PluginHost;
using PluginHost.Plugins.Population;

[assembly: Plugin(typeof(PopulationPlugin))]

namespace PluginHost.Plugins.Population;

/// <summary>Haplotypes of a population, real and artificial.</summary>
public sealed class PopulationPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<ITool, CompareOptions>("population compare", (options, context) => new CompareTool(options, context),
            "Compares artificial haplotypes with real ones: principal components, allele frequencies, linkage disequilibrium, distances, "
            + "and whether real haplotypes are copied.");
}
