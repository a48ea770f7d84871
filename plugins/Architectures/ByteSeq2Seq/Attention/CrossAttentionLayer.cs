namespace PluginHost.Plugins.ByteSeq2Seq.Attention;

using PluginHost.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>Pre-norm cross-attention with its residual.</summary>
internal sealed class CrossAttentionLayer : Module
{
    private readonly double dropout;
    private readonly CrossAttention EncDecAttention;
    private readonly RmsNorm layer_norm;

    /// <param name="shape">Sizes.</param>
    /// <param name="first">Whether it is the stack's first.</param>
    public CrossAttentionLayer(Seq2SeqShape shape, bool first) : base("layer")
    {
        dropout = shape.Dropout;
        EncDecAttention = new CrossAttention(shape, first);
        layer_norm = new RmsNorm(shape.Width, shape.NormEpsilon);
        RegisterComponents();
    }

    /// <inheritdoc cref="CrossAttention.Positions"/>
    public CrossBias? Positions => EncDecAttention.Positions;

    /// <inheritdoc cref="CrossAttention.Remember"/>
    public (Tensor Keys, Tensor Values) Remember(Tensor memory_BTD) => EncDecAttention.Remember(memory_BTD);

    /// <inheritdoc cref="CrossAttention.Forward"/>
    public Tensor Forward(Tensor hidden_BUD, Tensor keys_BHTE, Tensor values_BHTE, Tensor? mask_BT, Tensor? bias_BHUT = null,
        Action<Tensor>? onShares = null, int perSource = 1)
    {
        using var scope = NewDisposeScope();
        var update_BUD = EncDecAttention.Forward(
            layer_norm.forward(hidden_BUD), keys_BHTE, values_BHTE, mask_BT, bias_BHUT, onShares, perSource);
        return Extras.dropout_add(update_BUD, hidden_BUD, dropout, training).MoveToOuterDisposeScope();
    }
}
