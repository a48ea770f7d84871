using PluginHost;
using PluginHost.Plugins.MultiTaskDna;

[assembly: Plugin(typeof(MultiTaskDnaPlugin))]

namespace PluginHost.Plugins.MultiTaskDna;

/// <summary>DNAGPT's pretraining.</summary>
public sealed class MultiTaskDnaPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<IObjective, MultiTaskDnaOptions>("dna-multitask", (options, context) => new MultiTaskDnaObjective(options, context),
            "Next token, GC content of a random stretch as a number, flipped or not (Zhang et al. 2023, DNAGPT, 3.1 and 9).");
        catalog.Add<IMetric, NoOptions>("gc-r2", (_, _) => new GcDetermination(),
            "Coefficient of determination of the GC contents that dna-multitask asks for: 0 is as good as the mean.");
    }
}
