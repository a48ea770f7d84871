using PluginHost.Plugins.Embed.Cutting;

namespace PluginHost.Plugins.Embed.Vectors;

using static TorchSharp.torch;

/// <summary>Takes out of a batch's states what is kept of each window.</summary>
internal interface IWindowReader
{
    /// <summary>Reads a batch.</summary>
    /// <param name="states_BTD">Float32, on the model's device.</param>
    /// <param name="batch">With its encodings.</param>
    /// <param name="windows">In row order.</param>
    /// <returns>In row order.</returns>
    IReadOnlyList<WindowVectors> Read(Tensor states_BTD, Batch batch, IReadOnlyList<Window> windows);
}
