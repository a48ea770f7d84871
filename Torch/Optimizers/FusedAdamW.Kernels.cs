using PluginHost.Torch.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginHost.Torch;

using Ready = (FusedAdamW.Entry Entry, Tensor Grad, FusedAdamW.Group Group);

public sealed partial class FusedAdamW
{
    /// <summary>Whether libtorch's fused kernel can be called; single operators otherwise.</summary>
    public static bool IsFused => Dispatcher.IsAvailable;

    /// <summary>Has this one use single operators, for comparison.</summary>
    internal bool Composite { get; init; }

    // Returns the norm; ready is not empty, gradients are not recorded, and everything made here is in a dispose scope.
    private Tensor Run(List<Ready> ready, double maxNorm, double gradScale)
    {
        foreach (var (entry, _, _) in ready) entry.Prepare();
        if (!Fits(ready)) return RunComposite(ready, maxNorm, gradScale);
        return ready[0].Entry.Parameter.is_cuda ? RunOnCuda(ready, maxNorm, gradScale) : RunOnCpu(ready, maxNorm, gradScale);
    }

    // Whether the fused kernel takes them all: on the CPU or all on CUDA.
    private bool Fits(List<Ready> ready) => !Composite && IsFused
        && ready.TrueForAll(static r => r.Grad.dtype == r.Entry.Parameter.dtype && r.Entry.Parameter.is_contiguous())
        && (ready.TrueForAll(static r => r.Entry.Parameter.device_type == DeviceType.CPU)
            || ready.TrueForAll(static r => r.Entry.Parameter.is_cuda));

    private Tensor RunOnCpu(List<Ready> ready, double maxNorm, double gradScale)
    {
        var grads = ready.ConvertAll(static r => r.Grad.contiguous());
        var norm = (GradientNorm.Takes(grads) ? GradientNorm.Of(grads) : GradientNorm.Composite(grads).item<float>()) * Math.Abs(gradScale);
        if (double.IsFinite(norm))
        {
            // The kernel divides by its scale, and writes the gradients back where it has one.
            var factor = gradScale * Math.Min(1, maxNorm / (norm + 1e-6));
            var divisor = factor == 1 ? null : tensor((float)(1 / factor));
            UpdateOnCpu(ready, grads, divisor);
        }

        return tensor((float)norm);
    }

    private void UpdateOnCpu(List<Ready> ready, List<Tensor> grads, Tensor? divisor)
    {
        foreach (var alike in ready.Zip(grads, static (r, grad) => r with { Grad = grad }).GroupBy(static r => r.Group))
        {
            var entries = alike.Select(static r => r.Entry).ToArray();
            foreach (var entry in entries) entry.Steps++;
            var steps = Array.ConvertAll(entries, static entry => tensor((float)entry.Steps));
            Fused(alike.Key, entries, [.. alike.Select(static r => r.Grad)], steps, divisor, null);
        }
    }

    // Nothing is read back from the device: whether the norm is finite is known there alone.
    private Tensor RunOnCuda(List<Ready> ready, double maxNorm, double gradScale)
    {
        var norm = GradientNorm.Composite(ready.Select(static r => r.Grad)) * Math.Abs(gradScale);
        var skip = norm.isfinite().logical_not().to(ScalarType.Float32);
        var divisor = (1 / gradScale) / (maxNorm / (norm + 1e-6)).clamp_max(1);
        UpdateOnCuda(ready, divisor, skip);
        return norm;
    }

    private void UpdateOnCuda(List<Ready> ready, Tensor? divisor, Tensor? skip)
    {
        foreach (var alike in ready.GroupBy(static r => r.Group))
        {
            var entries = alike.Select(static r => r.Entry).ToArray();
            foreach (var entry in entries)
            {
                entry.DeviceSteps ??= full([], entry.Steps, ScalarType.Float32, entry.Parameter.device).DetachFromDisposeScope();
                _ = entry.DeviceSteps.add_(1);
                if (skip is not null) _ = entry.DeviceSteps.sub_(skip);
            }

            var steps = Array.ConvertAll(entries, static entry => entry.DeviceSteps!);
            Fused(alike.Key, entries, [.. alike.Select(static r => r.Grad)], steps, divisor, skip);
        }
    }

    private void Fused(Group group, Entry[] entries, Tensor[] grads, Tensor[] steps, Tensor? divisor, Tensor? skip) =>
        Dispatcher.Run("aten::_fused_adamw_", "",
            Dispatcher.Of(Array.ConvertAll(entries, static e => (Tensor)e.Parameter)), Dispatcher.Of(grads),
            Dispatcher.Of(Array.ConvertAll(entries, static e => e.Average!)),
            Dispatcher.Of(Array.ConvertAll(entries, static e => e.AverageSquare!)),
            Dispatcher.Of(ReadOnlySpan<Tensor>.Empty), Dispatcher.Of(steps), Dispatcher.Of(group.LearningRate), Dispatcher.Of(beta1),
            Dispatcher.Of(beta2), Dispatcher.Of(group.WeightDecay), Dispatcher.Of(eps), Dispatcher.Of(false), Dispatcher.Of(false),
            Dispatcher.Optional(divisor), Dispatcher.Optional(skip));

    private Tensor RunComposite(List<Ready> ready, double maxNorm, double gradScale)
    {
        var norm = GradientNorm.Composite(ready.Select(static r => r.Grad)) * Math.Abs(gradScale);
        var finite = norm.isfinite();
        var factor = where(finite, (maxNorm / (norm + 1e-6)).clamp_max(1) * gradScale, zeros_like(norm));
        var counts = finite.cpu().item<bool>();
        foreach (var (entry, grad, group) in ready)
        {
            if (counts) entry.Steps = entry.CurrentSteps() + 1;
            entry.ForgetDeviceSteps();
            var scaled = where(finite, grad * factor, zeros_like(grad)).to(entry.Parameter.dtype);
            Update(entry, scaled, group, finite);
        }

        return norm;
    }

    private void Update(Entry entry, Tensor grad, Group group, Tensor keeps)
    {
        var parameter = entry.Parameter;
        var mean = (entry.Average! * beta1) + (grad * (1 - beta1));
        var square = (entry.AverageSquare! * beta2) + (grad * grad * (1 - beta2));
        _ = entry.Average!.copy_(where(keeps, mean, entry.Average!));
        _ = entry.AverageSquare!.copy_(where(keeps, square, entry.AverageSquare!));
        var steps = Math.Max(1, entry.Steps);
        var denominator = (square.sqrt() / Math.Sqrt(1 - Math.Pow(beta2, steps))) + eps;
        var rate = group.LearningRate / (1 - Math.Pow(beta1, steps));
        var after = (parameter * (1 - (group.LearningRate * group.WeightDecay))) - (mean / denominator * rate);
        _ = parameter.copy_(where(keeps, after, parameter));
    }
}
