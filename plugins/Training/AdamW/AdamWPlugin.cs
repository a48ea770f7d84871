using PluginHost;
using PluginHost.Plugins.AdamW;

[assembly: Plugin(typeof(AdamWPlugin))]

namespace PluginHost.Plugins.AdamW;

/// <summary>The optimizer that most published models were trained with.</summary>
public sealed class AdamWPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<IOptimizerFactory, NoOptions>("adamw", (_, _) => new AdamWFactory(),
            "Adam with decoupled weight decay (Loshchilov and Hutter 2019); train has its options: beta1, beta2, epsilon, weightDecay.");
        catalog.MakeDefault<IOptimizerFactory>("adamw");
    }
}
