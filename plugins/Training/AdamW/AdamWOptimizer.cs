using PluginHost.Libs.Adam;
using static TorchSharp.torch;

namespace PluginHost.Plugins.AdamW;

/// <summary>All weights by AdamW.</summary>
internal sealed class AdamWOptimizer(OptimizerContext context) : IOptimizer
{
    private readonly AdamWeights weights = new(context.Weights, context);

    public void Step(OptimizerStep step) => weights.Step(step.LearningRate);

    public IEnumerable<(string Name, Tensor Tensor)> State() => weights.State();

    public void Load(IReadOnlyDictionary<string, Tensor> state) => weights.Load(state);

    public void Dispose() => weights.Dispose();
}
