using TorchSharp;
using static TorchSharp.torch;

namespace PluginHost.Torch;

/// <summary>What a training loop does to gradients between the backward pass and the step.</summary>
public static class Gradients
{
    /// <summary>
    /// Scales gradients in place so that their joint 2-norm is at most <paramref name="maxNorm"/>. Nothing is read back from a
    /// device. On the CPU the norm's bits do not depend on the thread count, and gradients of a norm that is not finite stay.
    /// </summary>
    /// <param name="gradients">Of any shapes, on one device; their order fixes the norm's bits.</param>
    /// <param name="maxNorm">Above 0; infinity clips nothing.</param>
    /// <param name="broken">Whether the norm is known not to be finite: a step would ruin the weights. Never known on a device.</param>
    /// <returns>The norm before clipping: no axes, float32, on the gradients' device.</returns>
    public static Tensor Clip(IReadOnlyList<Tensor> gradients, double maxNorm, out bool broken)
    {
        if (double.IsNaN(maxNorm) || maxNorm <= 0)
            throw new ArgumentOutOfRangeException(nameof(maxNorm), maxNorm, "a norm limit is above 0");
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        broken = false;
        if (gradients.Count == 0) return zeros([]).MoveToOuterDisposeScope();
        var norm = gradients.All(static g => g.device_type == DeviceType.CPU)
            ? OnCpu(gradients, maxNorm, out broken)
            : OnDevice(gradients, maxNorm);
        return norm.MoveToOuterDisposeScope();
    }

    private static Tensor OnCpu(IReadOnlyList<Tensor> gradients, double maxNorm, out bool broken)
    {
        var whole = gradients.Select(static g => g.contiguous()).ToList();
        var norm = GradientNorm.Takes(whole) ? GradientNorm.Of(whole) : GradientNorm.Composite(whole).item<float>();
        broken = !double.IsFinite(norm);
        var factor = Math.Min(1, maxNorm / (norm + 1e-6));
        if (!broken && factor < 1)
        {
            Scalar divisor = (float)(1 / factor);
            foreach (var gradient in gradients) _ = gradient.div_(divisor);
        }

        return tensor((float)norm);
    }

    private static Tensor OnDevice(IReadOnlyList<Tensor> gradients, double maxNorm)
    {
        var norm = GradientNorm.Composite(gradients);
        if (double.IsInfinity(maxNorm)) return norm;
        var divisor = 1 / (maxNorm / (norm + 1e-6)).clamp_max(1);
        foreach (var gradient in gradients) _ = gradient.div_(divisor);
        return norm;
    }
}
