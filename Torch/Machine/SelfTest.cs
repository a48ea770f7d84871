using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginHost.Torch;

/// <summary>Whether a device computes at all: a product, a backward pass and a fused step, compared with what they must give.</summary>
public static class SelfTest
{
    /// <summary>Runs it.</summary>
    /// <param name="device">cpu or cuda:N.</param>
    /// <returns>What went wrong, as the rest of a sentence about the device; null when all is well.</returns>
    public static string? Run(Device device)
    {
        try
        {
            using var scope = NewDisposeScope();
            using var recording = enable_grad();
            var weight = new TorchSharp.Modules.Parameter(full([2, 3], 0.5f, device: device));
            var input = tensor(new float[] { 1, 2, 3, 4, 5, 6 }, [3, 2], device: device);
            var product = weight.matmul(input);
            if (Sum(product) != 2 * 0.5 * 21) return $"a matrix product gave {Sum(product)}, and 21 is right";
            product.sum().backward();
            // Each weight's gradient is the sum of a row of the input.
            if (Sum(weight.grad!) != 2 * 21) return $"a backward pass gave {Sum(weight.grad!)}, and 42 is right";
            using var optimizer = new FusedAdamW([("weight", weight)], lr: 0.1, weight_decay: 0);
            _ = optimizer.Step(double.PositiveInfinity);
            // The first step of Adam moves every weight by the rate, against its gradient's sign.
            return Math.Abs(Sum(weight) - (6 * 0.4)) < 1e-4 ? null : $"an optimizer's step gave {Sum(weight)}, and 2.4 is right";
        }
        catch (Exception e) when (e is ExternalException or InvalidOperationException or NotSupportedException)
        {
            return TensorErrors.Message(e);
        }
    }

    private static double Sum(Tensor tensor) => tensor.detach().sum().cpu().item<float>();
}
