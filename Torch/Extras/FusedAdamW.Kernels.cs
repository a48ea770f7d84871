using TorchSharp;
using static TorchSharp.torch;
#if !TORCHSHARP
using PluginHost.Torch.Interop;
#endif

namespace PluginHost.Torch;

public sealed partial class FusedAdamW
{
    // Returns the norm; ready is not empty, gradients are not recorded, and everything made here is in a dispose scope.
    private Tensor Run(List<(Entry Entry, Tensor Grad, Group Group)> ready, double maxNorm, double gradScale)
    {
        foreach (var (entry, _, _) in ready) entry.Prepare();
#if !TORCHSHARP
        if (ready.TrueForAll(static r => OnCpu(r.Entry.Parameter))) return RunNative(ready, maxNorm, gradScale);
        if (Ops._fused_adamw_.Exists && ready.TrueForAll(static r => r.Entry.Parameter.is_cuda && r.Grad.dtype == r.Entry.Parameter.dtype))
            return RunCuda(ready, maxNorm, gradScale);
#endif
        return RunComposite(ready, maxNorm, gradScale);
    }

    private Tensor RunComposite(List<(Entry Entry, Tensor Grad, Group Group)> ready, double maxNorm, double gradScale)
    {
        var norm = stack(ready.Select(static r => r.Grad.to(ScalarType.Float32).norm()).ToArray()).norm() * gradScale;
        var finite = norm.isfinite();
        var factor = torch.where(finite, (maxNorm / (norm + 1e-6)).clamp_max(1) * gradScale, zeros_like(norm));
        foreach (var (entry, grad, group) in ready)
        {
            entry.Steps++;
            var scaled = torch.where(finite, grad * factor, zeros_like(grad)).to(entry.Parameter.dtype);
            var keep = finite.to(entry.Parameter.dtype);
            Update(entry, scaled, group, keep);
        }

        return norm;
    }

    // keep is 1, or 0 to leave weights and state as they are, without asking the device which.
    private void Update(Entry entry, Tensor grad, Group group, Tensor keep)
    {
        var parameter = entry.Parameter;
        var before = parameter.clone();
        var mean = (entry.Average! * beta1) + (grad * (1 - beta1));
        var square = (entry.AverageSquare! * beta2) + (grad * grad * (1 - beta2));
        _ = entry.Average!.copy_(torch.where(keep.to(ScalarType.Bool), mean, entry.Average!));
        _ = entry.AverageSquare!.copy_(torch.where(keep.to(ScalarType.Bool), square, entry.AverageSquare!));
        var denominator = (square.sqrt() / Math.Sqrt(1 - Math.Pow(beta2, entry.Steps))) + eps;
        var rate = group.LearningRate / (1 - Math.Pow(beta1, entry.Steps));
        var after = (before * (1 - (group.LearningRate * group.WeightDecay))) - (mean / denominator * rate);
        _ = parameter.copy_(torch.where(keep.to(ScalarType.Bool), after, before));
    }

#if !TORCHSHARP
    private static bool OnCpu(Tensor parameter) =>
        parameter.device_type == DeviceType.CPU && parameter.dtype == ScalarType.Float32 && parameter.is_contiguous();

    private Tensor RunNative(List<(Entry Entry, Tensor Grad, Group Group)> ready, double maxNorm, double gradScale)
    {
        var norm = Norm(ready) * Math.Abs(gradScale);
        if (double.IsFinite(norm))
        {
            var factor = gradScale * Math.Min(1, maxNorm / (norm + 1e-6));
            foreach (var alike in ready.GroupBy(static r => (r.Group, r.Entry.Steps))) UpdateNative([.. alike], factor);
        }

        return tensor((float)norm);
    }

    private static unsafe double Norm(List<(Entry Entry, Tensor Grad, Group Group)> ready)
    {
        var grads = ready.ConvertAll(static r => r.Grad.Handle).ToArray();
        fixed (nint* g = grads)
        {
            var norm = Native.ts_grad_norm(grads.Length, g);
            GC.KeepAlive(ready);
            return norm >= 0 || double.IsNaN(norm) ? norm : throw Errors.Last();
        }
    }

    private unsafe void UpdateNative((Entry Entry, Tensor Grad, Group Group)[] alike, double factor)
    {
        var group = alike[0].Group;
        var step = alike[0].Entry.Steps + 1;
        var parameters = Array.ConvertAll(alike, static r => r.Entry.Parameter.Handle);
        var grads = Array.ConvertAll(alike, static r => r.Grad.Handle);
        var means = Array.ConvertAll(alike, static r => r.Entry.Average!.Handle);
        var squares = Array.ConvertAll(alike, static r => r.Entry.AverageSquare!.Handle);
        fixed (nint* p = parameters, g = grads, m = means, s = squares)
        {
            Errors.Check(Native.ts_adamw(alike.Length, p, g, m, s, group.LearningRate, beta1, beta2, eps,
                group.WeightDecay, step, factor));
        }

        GC.KeepAlive(alike);
        foreach (var (entry, _, _) in alike) entry.Steps = step;
    }

    private Tensor RunCuda(List<(Entry Entry, Tensor Grad, Group Group)> ready, double maxNorm, double gradScale)
    {
        var grads = ready.ConvertAll(static r => r.Grad).ToArray();
        var norm = stack(Ops._foreach_norm__Scalar.CallList(grads, 2)).norm().to(ScalarType.Float32) * gradScale;
        var skip = norm.isfinite().logical_not().to(ScalarType.Float32);
        // The kernel divides by its scale.
        var divisor = (1 / gradScale) / (maxNorm / (norm + 1e-6)).clamp_max(1);
        foreach (var group in ready.GroupBy(static r => r.Group))
        {
            var entries = group.Select(static r => r.Entry).ToArray();
            foreach (var entry in entries)
                entry.DeviceSteps ??= full([], entry.Steps, ScalarType.Float32, entry.Parameter.device).DetachFromDisposeScope();
            var steps = Array.ConvertAll(entries, static entry => entry.DeviceSteps!);
            Ops._foreach_add___Scalar.Run(steps, 1);
            Ops._fused_adamw_.Run(Array.ConvertAll(entries, static entry => (Tensor)entry.Parameter),
                group.Select(static r => r.Grad).ToArray(), Array.ConvertAll(entries, static entry => entry.Average!),
                Array.ConvertAll(entries, static entry => entry.AverageSquare!), Array.Empty<Tensor>(), steps,
                group.Key.LearningRate, beta1, beta2, group.Key.WeightDecay, eps, false, false, divisor, skip);
            Ops._foreach_sub___List.Run(steps, Array.ConvertAll(steps, _ => skip));
        }

        return norm;
    }
#endif
}
