using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit;

using static TorchSharp.torch;

/// <summary>Holds a tensor to the axes it was announced with.</summary>
internal static class AxesCheck
{
    /// <summary>It has these axes, of the batch's sizes, and is finite.</summary>
    /// <param name="tensor">To check.</param>
    /// <param name="axes">As announced: "B T D". D is the hidden size; V, C and others that the batch has not may be of any.</param>
    /// <param name="batch">Knows the sizes of those it has.</param>
    /// <param name="what">For the message.</param>
    /// <param name="hiddenSize">D.</param>
    public static void Run(Tensor tensor, string axes, Batch batch, string what, int hiddenSize)
    {
        var names = axes.Split(' ');
        Require(tensor is not null, $"{what} is null.");
        Require(tensor!.shape.Length == names.Length, $"{what} has shape [{string.Join(", ", tensor.shape)}], not [{axes}].");
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] is "V" or "C" || (names[i] != "D" && !batch.Columns.Any(c => c.AxisNames.Contains(names[i])))) continue;
            var size = names[i] == "D" ? hiddenSize : batch.Axis(names[i]);
            Require(tensor.shape[i] == size, $"{what}: axis {names[i]} is {tensor.shape[i]}, not {size}.");
        }
        Require(tensor.isfinite().all().item<bool>(), $"{what} is not finite.");
    }
}
