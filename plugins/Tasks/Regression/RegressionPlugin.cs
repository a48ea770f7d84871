using PluginHost;
using PluginHost.Libs.Supervised;
using PluginHost.Plugins.Regression;

[assembly: Plugin(typeof(RegressionPlugin))]

namespace PluginHost.Plugins.Regression;

/// <summary>Numbers of a sequence.</summary>
public sealed class RegressionPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<IObjective, RegressOptions>("regress", (options, _) => new RegressObjective(options),
            "One or more numbers per sequence, by squared error of standardised targets: enhancer activities, ribosome load, expression "
                + "(Genomics-FM, A.3; DNAGPT, 3.4).");
        catalog.Add<Head, RegressionHeadOptions>("regression-head", (options, context) =>
            new PooledHead("regression-head", options.Outputs, options, context),
            "Dropout and a linear layer with an output per target over the pooled [CLS] vector or the mean over tokens, with numeric "
                + "features beside it.");
    }
}
