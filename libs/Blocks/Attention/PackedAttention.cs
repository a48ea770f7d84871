namespace PluginHost.Libs.Blocks.Attention;

using TorchSharp.Modules;
using static TorchSharp.torch;

/// <summary>
/// Self-attention with one projection whose rows are all queries, then all keys, then all values, as DNABERT-2 and Genomics-FM have it. The
/// field is named as the published checkpoints name it.
/// </summary>
public sealed class PackedAttention : SelfAttention
{
    private readonly Linear Wqkv;

    /// <summary>Builds the projection.</summary>
    public PackedAttention(EncoderShape shape) : base(shape)
    {
        Wqkv = Layers.Dense(shape.Width, 3 * shape.Width);
        RegisterComponents();
    }

    /// <inheritdoc/>
    protected override (Tensor Query, Tensor Key, Tensor Value) Project(Tensor hidden)
    {
        var parts = Wqkv.call(hidden).chunk(3, -1);
        return (parts[0], parts[1], parts[2]);
    }

    /// <inheritdoc/>
    /// <remarks>Of the one projection, that of queries is computed of all tokens too.</remarks>
    protected override (Tensor Query, Tensor Key, Tensor Value) Project(Tensor hidden, Tensor asking)
    {
        var width = asking.shape[^1];
        var keysAndValues = Wqkv.call(hidden).narrow(-1, width, 2 * width).chunk(2, -1);
        return (Wqkv.call(asking).narrow(-1, 0, width), keysAndValues[0], keysAndValues[1]);
    }
}
