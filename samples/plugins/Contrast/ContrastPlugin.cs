using Contrast;
using PluginHost;

[assembly: Plugin(typeof(ContrastPlugin))]

namespace Contrast;

/// <summary>The DLL's table of contents.</summary>
public sealed class ContrastPlugin : IPlugin
{
    public void Register(ICatalog catalog)
    {
        catalog.Add<IObjective, ContrastOptions>("contrast", (options, _) => new ContrastObjective(options),
            "Two views of each sequence are to be nearer to each other than to those of other sequences (SimCLR, SimCSE, DNABERT-S).");
        catalog.Add<Head, ProjectionOptions>("projection-head", (options, context) => new ProjectionHead(options, context.Backbone),
            "Two linear layers over the mean of a sequence's tokens, scaled to length 1.");
        catalog.Add<IMetric, ViewRecallOptions>("view-recall", (options, _) => new ViewRecall(options),
            "Share of views among whose nearest is the other view of their sequence.");
    }
}
