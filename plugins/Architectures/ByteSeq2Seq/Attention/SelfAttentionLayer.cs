using PluginHost.Plugins.ByteSeq2Seq.Decoding;

namespace PluginHost.Plugins.ByteSeq2Seq.Attention;

using PluginHost.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>Pre-norm self-attention with its residual.</summary>
internal sealed class SelfAttentionLayer : Module
{
    private readonly double dropout;

    /// <summary>The attention itself.</summary>
    private readonly SelfAttention SelfAttention;
    private readonly RmsNorm layer_norm;

    public SelfAttentionLayer(Seq2SeqShape shape, bool first) : base("layer")
    {
        dropout = shape.Dropout;
        SelfAttention = new SelfAttention(shape, first);
        layer_norm = new RmsNorm(shape.Width, shape.NormEpsilon);
        RegisterComponents();
    }

    /// <inheritdoc cref="SelfAttention.Positions"/>
    public PositionBias Positions => SelfAttention.Positions;

    /// <inheritdoc cref="SelfAttention.Forward"/>
    public Tensor Forward(Tensor hidden_BTD, AttentionPlan plan, int radius, Action<Tensor>? onShares)
    {
        using var scope = NewDisposeScope();
        var update_BTD = SelfAttention.Forward(layer_norm.forward(hidden_BTD), plan, radius, onShares);
        return Extras.dropout_add(update_BTD, hidden_BTD, dropout, training).MoveToOuterDisposeScope();
    }

    /// <inheritdoc cref="SelfAttention.Continue"/>
    public Tensor Continue(Tensor hidden_BND, LayerCache cache, DecoderState.Piece piece, PieceBias bias)
    {
        using var scope = NewDisposeScope();
        return (hidden_BND + SelfAttention.Continue(layer_norm.forward(hidden_BND), cache, piece, bias))
            .MoveToOuterDisposeScope();
    }
}
