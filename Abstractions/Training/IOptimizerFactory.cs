namespace PluginHost;

/// <summary>Makes an optimizer for a stage: the component behind <c>train: { optimizer: NAME }</c>.</summary>
public interface IOptimizerFactory
{
    /// <summary>Makes one without state; nothing is changed yet.</summary>
    /// <exception cref="UsageException">There is nothing among the weights that it could train.</exception>
    IOptimizer Create(OptimizerContext context);
}
