namespace PluginHost;

using static TorchSharp.torch;

/// <summary>Looks at attention probabilities while a backbone runs, so that they need not all be kept.</summary>
public interface IAttentionReader
{
    /// <summary>Reads one layer's.</summary>
    /// <param name="stack">Which attention: one of <see cref="AttentionStacks"/>, or an architecture's own.</param>
    /// <param name="layer">Counted from 0 within the stack.</param>
    /// <param name="shares">
    /// "B H Q S": of each sample and head, how much each of the Q tokens attends to each of the S, before dropout. On the model's device;
    /// freed after the call.
    /// </param>
    void Read(string stack, int layer, Tensor shares);
}
