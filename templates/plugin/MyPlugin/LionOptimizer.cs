using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost;
using static TorchSharp.torch;

namespace MyPlugin;

/// <summary>What a pipeline may say about the optimizer; learning rate and weight decay are those of <c>train:</c>.</summary>
public sealed class LionOptions
{
    /// <summary>Share of the momentum in a step.</summary>
    [Range(0.0, 1.0), Description("Share of the momentum in a step; the rest is the gradient's.")]
    public double Blend { get; set; } = 0.9;

    /// <summary>Decay of the momentum.</summary>
    [Range(0.0, 1.0), Description("Share of the momentum that a step keeps.")]
    public double Memory { get; set; } = 0.99;
}

/// <summary>Makes the optimizer of a stage.</summary>
internal sealed class LionFactory(LionOptions options) : IOptimizerFactory
{
    public IOptimizer Create(OptimizerContext context) => new LionOptimizer(options, context);
}

/// <summary>One momentum a weight, made at its first gradient.</summary>
internal sealed class LionOptimizer(LionOptions options, OptimizerContext context) : IOptimizer
{
    private const string Suffix = ".momentum";
    private readonly Dictionary<string, Tensor> momentum = [];

    public void Step(OptimizerStep step)
    {
        foreach (var weight in context.Weights)
        {
            if (weight.Parameter.grad is not { } gradient) continue;
            if (!momentum.TryGetValue(weight.Name, out var mean))
                momentum[weight.Name] = mean = zeros_like(weight.Parameter).DetachFromDisposeScope();
            using var scope = NewDisposeScope();
            var direction = (mean * options.Blend + gradient * (1 - options.Blend)).sign();
            var rate = step.LearningRate * weight.RateFactor;
            if (weight.IsDecayed) weight.Parameter.mul_(1 - rate * context.WeightDecay);
            weight.Parameter.sub_(direction * rate);
            mean.mul_(options.Memory).add_(gradient * (1 - options.Memory));
        }
    }

    public IEnumerable<(string Name, Tensor Tensor)> State() => momentum.Select(entry => (entry.Key + Suffix, entry.Value));

    public void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        foreach (var (name, saved) in state)
        {
            var weight = context.Weights.FirstOrDefault(w => w.Name + Suffix == name && w.Parameter.shape.SequenceEqual(saved.shape))
                ?? throw new ArgumentException($"'{name}' of this shape belongs to no weight.", nameof(state));
            if (momentum.Remove(weight.Name, out var before)) before.Dispose();
            momentum[weight.Name] = zeros_like(weight.Parameter).copy_(saved).DetachFromDisposeScope();
        }
    }

    public void Dispose()
    {
        foreach (var mean in momentum.Values) mean.Dispose();
    }
}
