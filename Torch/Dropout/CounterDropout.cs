using PluginHost.Torch.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginHost.Torch;

/// <summary>Counter-based dropout with its derivative, which is the same dropout of the gradient: nothing is stored but the seed.</summary>
internal sealed class CounterDropout : autograd.SingleTensorFunction<CounterDropout>
{
    public override string Name => nameof(CounterDropout);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, p, seed) = ((Tensor)vars[0], (double)vars[1], (ulong)vars[2]);
        ctx.save_data(nameof(p), p);
        ctx.save_data(nameof(seed), seed);
        return Values(input, p, seed);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var (p, seed) = ((double)ctx.get_data("p"), (ulong)ctx.get_data("seed"));
        // Through the function again where second derivatives are wanted.
        if (is_grad_enabled() && grad_output.requires_grad) return [apply(grad_output, p, seed), null!, null!];
        return GradientHandles.HandOver(grad_output, Values(grad_output, p, seed), null, null);
    }

    /// <summary>What stays of the input, divided by 1 - p, without a derivative.</summary>
    /// <param name="input">Any shape and floating-point type.</param>
    /// <param name="p">The share dropped.</param>
    /// <param name="seed">The mask's seed.</param>
    /// <param name="type">The result's type; the input's when null.</param>
    /// <param name="residual">Added; of the input's shape. The result's type is then float32.</param>
    internal static Tensor Values(Tensor input, double p, ulong seed, ScalarType? type = null, Tensor? residual = null)
    {
        using var scope = NewDisposeScope();
        var to = type ?? input.dtype;
        var fits = DropoutKernel.IsAvailable && p < 1 && input.device_type == DeviceType.CPU && DropoutKernel.Takes(input.dtype, to);
        if (!fits) return Composite(input, p, seed, to, residual).MoveToOuterDisposeScope();
        var dense = input.contiguous();
        var output = to == input.dtype ? empty_like(dense) : empty(dense.shape, to);
        DropoutKernel.Run(dense, output, p, seed, residual?.contiguous());
        return output.MoveToOuterDisposeScope();
    }

    /// <summary>The same by single operators.</summary>
    internal static Tensor Composite(Tensor input, double p, ulong seed, ScalarType? type = null, Tensor? residual = null)
    {
        using var scope = NewDisposeScope();
        var kept = p >= 1 ? zeros_like(input) : where(DropoutMask.Composite(input, p, seed), input * (1 / (1 - p)), zeros_like(input));
        if (type is { } to) kept = kept.to_type(to);
        return (residual is null ? kept : kept + residual).MoveToOuterDisposeScope();
    }
}
