namespace PluginHost.Plugins.AdamW;

/// <summary>Makes the optimizer.</summary>
internal sealed class AdamWFactory : IOptimizerFactory
{
    public IOptimizer Create(OptimizerContext context) => new AdamWOptimizer(context);
}
