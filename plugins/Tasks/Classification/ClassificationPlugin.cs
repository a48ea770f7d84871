using PluginHost;
using PluginHost.Libs.Supervised;
using PluginHost.Plugins.Classification;

[assembly: Plugin(typeof(ClassificationPlugin))]

namespace PluginHost.Plugins.Classification;

/// <summary>Sequence classification.</summary>
public sealed class ClassificationPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<IObjective, ClassifyOptions>("classify", (options, _) => new ClassifyObjective(options),
            "One class per sequence, or per pair of sequences, by cross-entropy, two classes or more (Ji et al. 2021, 2.2.3).");
        catalog.Add<Head, ClassificationHeadOptions>("classification-head", (options, context) =>
            new PooledHead("classification-head", options.Classes, options, context),
            "Dropout and a linear layer over the pooled [CLS] vector or the mean over tokens, with numeric features beside it.");
    }
}
