namespace PluginHost.Plugins.Windowed;

using static TorchSharp.torch;

/// <summary>Shows a reader the attention within pieces as attention within the sequences they were cut from.</summary>
/// <param name="reader">Asked for it.</param>
/// <param name="cut">How they were cut.</param>
internal sealed class WholeAttention(IAttentionReader reader, Cut cut) : IAttentionReader
{
    /// <inheritdoc/>
    public void Read(string stack, int layer, Tensor shares)
    {
        using var whole = cut.BackAttention(shares);
        reader.Read(stack, layer, whole);
    }
}
