using PluginHost.Plugins.ByteSeq2Seq.Attention;
using PluginHost.Plugins.ByteSeq2Seq.Decoding;

namespace PluginHost.Plugins.ByteSeq2Seq;

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// A layer of either stack: self-attention, in a decoder beside an encoder cross-attention, and feed-forward; named <c>layer.0</c>,
/// <c>layer.1</c>, ... as published.
/// </summary>
internal sealed class Block : Module
{
    private readonly ModuleList<Module> layer;

    /// <param name="shape">Sizes.</param>
    /// <param name="first">Whether it is the stack's first.</param>
    /// <param name="crosses">Whether it has cross-attention.</param>
    public Block(Seq2SeqShape shape, bool first, bool crosses) : base("block")
    {
        layer = crosses
            ? ModuleList<Module>(new SelfAttentionLayer(shape, first), new CrossAttentionLayer(shape, first), new FeedForwardLayer(shape))
            : ModuleList<Module>(new SelfAttentionLayer(shape, first), new FeedForwardLayer(shape));
        RegisterComponents();
    }

    /// <summary>Its self-attention.</summary>
    public SelfAttentionLayer Self => (SelfAttentionLayer)layer[0];

    /// <summary>Its cross-attention, if any.</summary>
    public CrossAttentionLayer? Cross => layer[1] as CrossAttentionLayer;

    /// <summary>Runs the block. Axes: see <see cref="SelfAttention"/> and <see cref="CrossAttention"/>.</summary>
    /// <param name="hidden_BTD">Input.</param>
    /// <param name="plan">The stack's.</param>
    /// <param name="radius">The layer's window.</param>
    /// <param name="memory">The encoder's output, where there is cross-attention.</param>
    /// <param name="bias_BHUT">Of cross-attention, where it has one.</param>
    /// <param name="onShares">Is shown self-attention probabilities, when given.</param>
    /// <param name="onCross">Is shown those of cross-attention.</param>
    public Tensor Forward(Tensor hidden_BTD, AttentionPlan plan, int radius, Memory? memory, Tensor? bias_BHUT,
        Action<Tensor>? onShares, Action<Tensor>? onCross)
    {
        using var scope = NewDisposeScope();
        var next_BTD = Self.Forward(hidden_BTD, plan, radius, onShares);
        if (Cross is { } cross)
        {
            var (keys, values) = cross.Remember(memory!.Hidden_BTD);
            next_BTD = cross.Forward(next_BTD, keys, values, memory.Mask_BT, bias_BHUT, onCross);
        }
        return ((FeedForwardLayer)layer[^1]).forward(next_BTD).MoveToOuterDisposeScope();
    }

    /// <summary>New tokens after those of a cache; see <see cref="SelfAttention.Continue"/>.</summary>
    public Tensor Continue(Tensor hidden_BND, LayerCache cache, DecoderState.Piece piece, PieceBias bias, (Tensor, Tensor)? keysAndValues,
        CrossMemory? memory, Tensor? bias_BHNT)
    {
        using var scope = NewDisposeScope();
        var next_BND = Self.Continue(hidden_BND, cache, piece, bias);
        if (Cross is { } cross)
        {
            var (keys, values) = keysAndValues!.Value;
            next_BND = cross.Forward(next_BND, keys, values, memory!.Mask_ST, bias_BHNT, perSource: memory.PerSource);
        }
        return ((FeedForwardLayer)layer[^1]).forward(next_BND).MoveToOuterDisposeScope();
    }
}

/// <summary>What a decoder attends to.</summary>
/// <param name="Hidden_BTD">The encoder's output.</param>
/// <param name="Mask_BT">See <see cref="Masks.OfInput"/>.</param>
internal sealed record Memory(Tensor Hidden_BTD, Tensor? Mask_BT);
