using PluginHost.Checkpoints;
using PluginHost.Host.Pipelines.Settings;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginHost.Host.Training;

/// <summary>A stage's optimizer with what the loop does around each of its steps: gradients are clipped before and freed after.</summary>
public sealed class Optimizer : IDisposable
{
    private readonly IOptimizer inner;
    private readonly IReadOnlyList<Parameter> parameters;
    private readonly double largestNorm;

    /// <param name="factory">Makes the optimizer.</param>
    /// <param name="weights">What is trained, with the factors on its learning rates.</param>
    /// <param name="options">Betas, epsilon, weight decay and clipping.</param>
    public Optimizer(IOptimizerFactory factory, IReadOnlyList<TrainedWeight> weights, TrainOptions options)
    {
        // Fastest first, and decayed before not decayed: the order fixes the bits of the gradients' norm.
        weights = [.. weights.OrderByDescending(w => w.RateFactor).ThenByDescending(w => w.IsDecayed)];
        parameters = [.. weights.Select(w => w.Parameter)];
        largestNorm = options.ClipNorm > 0 ? options.ClipNorm : double.PositiveInfinity;
        inner = factory.Create(new OptimizerContext
        {
            Weights = weights, WeightDecay = options.WeightDecay, Beta1 = options.Beta1, Beta2 = options.Beta2, Epsilon = options.Epsilon,
        });
    }

    /// <summary>Updates the weights from their gradients and frees those. Gradients known not to be finite change nothing.</summary>
    /// <param name="rate">Learning rate of this step, before the weights' own factors.</param>
    /// <returns>The global 2-norm of the gradients before clipping, a scalar on the device; the caller disposes of it.</returns>
    public Tensor Step(double rate)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var gradients = parameters.Select(p => p.grad).OfType<Tensor>().ToList();
        var norm = Torch.Gradients.Clip(gradients, largestNorm, out var broken).DetachFromDisposeScope();
        if (!broken) inner.Step(new OptimizerStep(rate));
        foreach (var parameter in parameters) parameter.grad = null;
        return norm;
    }

    /// <summary>What the optimizer remembers, under the weights' names.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> State() => inner.State();

    /// <summary>Takes up where <see cref="State"/> left off.</summary>
    public void Load(SafetensorsFile file)
    {
        using var scope = NewDisposeScope();
        inner.Load(file.Entries.ToDictionary(e => e.Name, e => file.Read(e.Name)));
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
