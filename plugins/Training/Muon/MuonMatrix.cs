using TorchSharp;
using static TorchSharp.torch;

namespace PluginHost.Plugins.Muon;

/// <summary>One matrix with the running sum of its gradients; made on its first step.</summary>
internal sealed class MuonMatrix(TrainedWeight weight, MuonOptions options, double weightDecay) : IDisposable
{
    private const double AdamsMeanStep = 0.2;

    /// <summary>The weight's name.</summary>
    public string Name => weight.Name;

    /// <summary>The running sum, of the weight's shape; null before the first step.</summary>
    public Tensor? Momentum { get; private set; }

    /// <summary>Moves the weight, if it has a gradient.</summary>
    /// <param name="learningRate">Before the weight's own factor.</param>
    public void Step(double learningRate)
    {
        if (weight.Parameter.grad is not { } gradient) return;
        Momentum ??= zeros_like(weight.Parameter).DetachFromDisposeScope();
        using var scope = NewDisposeScope();
        Momentum.mul_(options.Momentum).add_(gradient);
        var direction = options.Nesterov ? gradient.add(Momentum, options.Momentum) : Momentum;
        var rate = learningRate * weight.RateFactor * options.Rate;
        weight.Parameter.mul_(1 - rate * weightDecay);
        weight.Parameter.add_(NewtonSchulz.Of(direction, options.Steps), -rate * Size());
    }

    /// <summary>Goes on from a saved running sum.</summary>
    public void Load(Tensor saved)
    {
        if (!saved.shape.SequenceEqual(weight.Parameter.shape))
            throw new ArgumentException($"the saved momentum of '{Name}' has shape [{string.Join(", ", saved.shape)}], " +
                $"the weight [{string.Join(", ", weight.Parameter.shape)}]");
        Momentum ??= zeros_like(weight.Parameter).DetachFromDisposeScope();
        Momentum.copy_(saved);
    }

    public void Dispose() => Momentum?.Dispose();

    private double Size()
    {
        var (rows, columns) = ((double)weight.Parameter.shape[0], (double)weight.Parameter.shape[1]);
        return options.Scale == MuonScale.Original
            ? Math.Sqrt(Math.Max(1, rows / columns))
            : AdamsMeanStep * Math.Sqrt(Math.Max(rows, columns));
    }
}
