using PluginHost;
using PluginHost.Libs.Supervised;
using PluginHost.Plugins.MultiLabel;

[assembly: Plugin(typeof(MultiLabelPlugin))]

namespace PluginHost.Plugins.MultiLabel;

/// <summary>Several labels a sequence.</summary>
public sealed class MultiLabelPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<IObjective, MultiLabelOptions>("multi-label", (options, _) => new MultiLabelObjective(options),
            "Any number of labels per sequence, each yes or no, by binary cross-entropy with a weight on yes (Genomics-FM, A.3.7: 919 "
                + "chromatin features).");
        catalog.Add<Head, MultiLabelHeadOptions>("multi-label-head", (options, context) =>
            new PooledHead("multi-label-head", options.Labels, options, context),
            "Dropout and a linear layer with an output per label over the pooled [CLS] vector or the mean over tokens, with numeric "
                + "features beside it.");
    }
}
