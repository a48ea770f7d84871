using PluginHost.Torch.Native;
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
    internal static Tensor Values(Tensor input, double p, ulong seed)
    {
        if (p >= 1) return zeros_like(input);
        if (!DropoutKernel.IsAvailable || !DropoutKernel.Takes(input.dtype) || input.device_type != TorchSharp.DeviceType.CPU)
            return Composite(input, p, seed);
        using var scope = NewDisposeScope();
        var dense = input.contiguous();
        var output = empty_like(dense);
        DropoutKernel.Run(dense, output, p, seed);
        return output.MoveToOuterDisposeScope();
    }

    /// <summary>The same by single operators.</summary>
    internal static Tensor Composite(Tensor input, double p, ulong seed)
    {
        using var scope = NewDisposeScope();
        return where(DropoutMask.Composite(input, p, seed), input * (1 / (1 - p)), zeros_like(input)).MoveToOuterDisposeScope();
    }
}
