using PluginHost.Host.Runs;
using PluginHost.Torch;
using TorchSharp.Modules;

namespace PluginHost.Host.Training;

using static TorchSharp.torch;

/// <summary>AdamW with clipping of the global gradient norm: matrices and tables decay, biases and norms do not.</summary>
public sealed class Optimizer : IDisposable
{
    private readonly FusedAdamW adamW;
    private readonly double maxNorm;

    /// <param name="parameters">Trainable weights and their names.</param>
    /// <param name="options">Betas, epsilon, weight decay and clipping.</param>
    public Optimizer(IReadOnlyList<(string Name, Parameter Parameter)> parameters, TrainOptions options)
    {
        maxNorm = options.ClipNorm > 0 ? options.ClipNorm : double.PositiveInfinity;
        var decaying = parameters.ToLookup(p => p.Parameter.dim() >= 2);
        adamW = new FusedAdamW(
            [
                new FusedAdamW.Group(decaying[true]) { WeightDecay = options.WeightDecay },
                new FusedAdamW.Group(decaying[false]) { WeightDecay = 0 },
            ],
            options.Beta1, options.Beta2, options.Epsilon);
    }

    /// <summary>Updates the weights from their gradients and frees those.</summary>
    /// <param name="rate">Learning rate of this step.</param>
    /// <returns>The global 2-norm of the gradients before clipping, a scalar on the device; the caller disposes of it.</returns>
    public Tensor Step(double rate)
    {
        foreach (var group in adamW.Groups) group.LearningRate = rate;
        var norm = adamW.Step(maxNorm);
        adamW.zero_grad();
        return norm.DetachFromDisposeScope();
    }

    /// <summary>Moments and step counts under the weights' names. Dispose of the tensors named "NAME.step" only.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> State() =>
        adamW.State().OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value));

    /// <summary>Takes up where <see cref="State"/> left off.</summary>
    public void Load(SafetensorsFile file)
    {
        using var scope = NewDisposeScope();
        adamW.LoadState(file.Entries.ToDictionary(e => e.Name, e => file.Read(e.Name)));
    }

    /// <inheritdoc/>
    public void Dispose() => adamW.Dispose();
}
