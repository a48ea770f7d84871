using PluginHost.Host.Training.Tuning;
using PluginHost.Torch;
using TorchSharp.Modules;

namespace PluginHost.Host.Training;

using static TorchSharp.torch;

/// <summary>AdamW as a stage's options ask for it, with the state of its moments kept by weight names.</summary>
public sealed class Optimizer : IDisposable
{
    private readonly FusedAdamW adam;
    private readonly IReadOnlyList<double> factors;
    private readonly double largestNorm;

    /// <param name="parameters">Trainable weights and their names. Matrices and embeddings are decayed; biases and norm scales (fewer than two axes) are not.</param>
    /// <param name="options">Betas, epsilon, weight decay and clipping.</param>
    public Optimizer(IReadOnlyList<(string Name, Parameter Parameter)> parameters, TrainOptions options)
        : this([.. parameters.Select(p => new TrainedWeight(p.Name, p.Parameter))], options) { }

    /// <param name="weights">What is trained, with the factors on its learning rates.</param>
    /// <param name="options">Betas, epsilon, weight decay and clipping.</param>
    public Optimizer(IReadOnlyList<TrainedWeight> weights, TrainOptions options)
    {
        var byFactor = weights.GroupBy(w => w.RateFactor).OrderByDescending(g => g.Key).ToList();
        factors = [.. byFactor.SelectMany(g => new[] { g.Key, g.Key })];
        adam = new FusedAdamW(
            byFactor.SelectMany(g => new[] { Group(g, true, options.WeightDecay), Group(g, false, 0) }), options.Beta1, options.Beta2, options.Epsilon);
        largestNorm = options.ClipNorm > 0 ? options.ClipNorm : double.PositiveInfinity;
    }

    /// <summary>Updates the weights from their gradients and frees those.</summary>
    /// <param name="rate">Learning rate of this step, before the weights' own factors.</param>
    /// <returns>The global 2-norm of the gradients before clipping, a scalar on the device; the caller disposes of it.</returns>
    public Tensor Step(double rate)
    {
        for (var i = 0; i < factors.Count; i++) adam.Groups[i].LearningRate = rate * factors[i];
        var norm = adam.Step(largestNorm).DetachFromDisposeScope();
        adam.zero_grad();
        return norm;
    }

    /// <summary>The moments under the weights' names, and the steps each weight took.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> State() => adam.State().Select(s => (s.Key, s.Value));

    /// <summary>Takes up where <see cref="State"/> left off.</summary>
    public void Load(SafetensorsFile file)
    {
        using var scope = NewDisposeScope();
        adam.LoadState(file.Entries.ToDictionary(e => e.Name, e => file.Read(e.Name)));
    }

    private static FusedAdamW.Group Group(IEnumerable<TrainedWeight> weights, bool isDecayed, double decay) =>
        new(weights.Where(w => w.Parameter.dim() >= 2 == isDecayed).Select(w => (w.Name, w.Parameter))) { WeightDecay = decay };

    /// <inheritdoc/>
    public void Dispose() => adam.Dispose();
}
