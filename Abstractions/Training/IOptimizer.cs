using static TorchSharp.torch;

namespace PluginHost;

/// <summary>Turns gradients into steps. The loop computes the gradients, clips and frees them; an optimizer only reads them.</summary>
/// <remarks>
/// A step is a function of weights, gradients, state and learning rate alone, so that a run goes on from a checkpoint bit for bit.
/// Calls come from one thread, with gradients not being recorded, inside a dispose scope: what a step keeps leaves it
/// (<c>DetachFromDisposeScope</c>) and is freed when the optimizer is disposed of.
/// </remarks>
public interface IOptimizer : IDisposable
{
    /// <summary>Updates the weights in place; one without a gradient stays as it is, and so does its state.</summary>
    void Step(OptimizerStep step);

    /// <summary>
    /// What it remembers between steps, for a checkpoint: tensors under names that begin with the weight's, such as
    /// <c>NAME.exp_avg</c>; its own, or copies made now. Empty before the first step.
    /// </summary>
    IEnumerable<(string Name, Tensor Tensor)> State();

    /// <summary>Goes on from what <see cref="State"/> gave, by copying it; tensors are on the CPU.</summary>
    /// <exception cref="ArgumentException">A name or shape belongs to no weight.</exception>
    void Load(IReadOnlyDictionary<string, Tensor> state);
}

/// <summary>One step to take.</summary>
/// <param name="LearningRate">
/// As the schedule has it now, at least 0; times each weight's own <see cref="TrainedWeight.RateFactor"/>.
/// </param>
public sealed record OptimizerStep(double LearningRate);
