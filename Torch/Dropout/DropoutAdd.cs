using PluginHost.Torch.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginHost.Torch;

/// <summary>
/// The end of a residual block, dropout of the block's result and the sum with its input, in one pass over memory: in mixed precision
/// three operators would convert the result to float32 on the way, and its gradient back.
/// </summary>
internal sealed class DropoutAdd : autograd.SingleTensorFunction<DropoutAdd>
{
    public override string Name => nameof(DropoutAdd);

    /// <summary>Whether it is faster than dropout and sum apart: on the CPU, for a float32 residual of the same shape.</summary>
    internal static bool Fits(Tensor input, Tensor residual) => DropoutKernel.IsAvailable && input.device_type == DeviceType.CPU
        && residual.device_type == DeviceType.CPU && residual.dtype == ScalarType.Float32
        && DropoutKernel.Takes(input.dtype, ScalarType.Float32)
        && input.shape.AsSpan().SequenceEqual(residual.shape);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, residual, p, seed) = ((Tensor)vars[0], (Tensor)vars[1], (double)vars[2], (ulong)vars[3]);
        ctx.save_data(nameof(p), p);
        ctx.save_data(nameof(seed), seed);
        ctx.save_data("type", input.dtype);
        return CounterDropout.Values(input, p, seed, ScalarType.Float32, residual);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var (p, seed) = ((double)ctx.get_data("p"), (ulong)ctx.get_data("seed"));
        if (is_grad_enabled() && grad_output.requires_grad)
            return [CounterDropout.apply(grad_output, p, seed).to_type((ScalarType)ctx.get_data("type")), grad_output, null!, null!];
        var ofInput = CounterDropout.Values(grad_output, p, seed, (ScalarType)ctx.get_data("type"));
        return GradientHandles.HandOver(grad_output, ofInput, grad_output, null, null);
    }
}
