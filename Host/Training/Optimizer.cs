using PluginHost.Host.Runs;
using TorchSharp.Modules;

namespace PluginHost.Host.Training;

using static TorchSharp.torch;

/// <summary>AdamW (Loshchilov and Hutter 2019) with clipping of the global gradient norm, whose state is kept by weight names.</summary>
public sealed class Optimizer : IDisposable
{
    private readonly IReadOnlyList<(string Name, Parameter Parameter)> parameters;
    private readonly Dictionary<string, (Tensor Mean, Tensor Square)> moments = [];
    private readonly TrainOptions options;
    private long step;

    /// <param name="parameters">Trainable weights and their names.</param>
    /// <param name="options">Betas, epsilon, weight decay and clipping.</param>
    public Optimizer(IReadOnlyList<(string Name, Parameter Parameter)> parameters, TrainOptions options)
    {
        (this.parameters, this.options) = (parameters, options);
        foreach (var (name, parameter) in parameters)
            moments[name] = (zeros_like(parameter).detach().DetachFromDisposeScope(), zeros_like(parameter).detach().DetachFromDisposeScope());
    }

    /// <summary>Updates the weights from their gradients and frees those.</summary>
    /// <param name="rate">Learning rate of this step.</param>
    /// <returns>The global 2-norm of the gradients before clipping, a scalar on the device; the caller disposes of it.</returns>
    public Tensor Step(double rate)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        step++;
        var live = parameters.Where(p => p.Parameter.grad is not null).ToList();
        var norm = live.Count == 0 ? zeros([]) : stack(live.Select(p => p.Parameter.grad!.norm())).norm();
        var scale = options.ClipNorm > 0 ? (options.ClipNorm / (norm + 1e-6)).clamp_max(1.0) : null;
        foreach (var (name, parameter) in live)
        {
            var gradient = scale is null ? parameter.grad! : parameter.grad! * scale;
            var (mean, square) = moments[name];
            if (parameter.dim() >= 2) parameter.mul_(1 - rate * options.WeightDecay);
            mean.mul_(options.Beta1).add_(gradient, 1 - options.Beta1);
            square.mul_(options.Beta2).addcmul_(gradient, gradient, 1 - options.Beta2);
            var denominator = square.sqrt().div_(Math.Sqrt(1 - Math.Pow(options.Beta2, step))).add_(options.Epsilon);
            parameter.addcdiv_(mean, denominator, -rate / (1 - Math.Pow(options.Beta1, step)));
        }
        foreach (var (_, parameter) in parameters) parameter.grad = null;
        return norm.to(ScalarType.Float32).DetachFromDisposeScope();
    }

    /// <summary>The moments under the weights' names, and the number of steps taken.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> State()
    {
        yield return ("step", tensor(step));
        foreach (var (name, (mean, square)) in moments)
        {
            yield return (name + ".exp_avg", mean);
            yield return (name + ".exp_avg_sq", square);
        }
    }

    /// <summary>Takes up where <see cref="State"/> left off.</summary>
    public void Load(SafetensorsFile file)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        step = file.Read("step").item<long>();
        foreach (var (name, (mean, square)) in moments)
        {
            mean.copy_(file.Read(name + ".exp_avg"));
            square.copy_(file.Read(name + ".exp_avg_sq"));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (mean, square) in moments.Values)
        {
            mean.Dispose();
            square.Dispose();
        }
    }
}
