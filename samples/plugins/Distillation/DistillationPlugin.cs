using Distillation;
using PluginHost;

[assembly: Plugin(typeof(DistillationPlugin))]

namespace Distillation;

/// <summary>The DLL's table of contents.</summary>
public sealed class DistillationPlugin : IPlugin
{
    public void Register(ICatalog catalog) => catalog.Add<IObjective, DistillOptions>(
        "distill", (options, context) => new DistillObjective(options, context),
        "Another objective, and beside it the softened outputs of a trained model (Hinton et al. 2015).");
}
