using PluginHost.Plugins.ByteSeq2Seq.Attention;
using PluginHost.Plugins.ByteSeq2Seq.Decoding;

namespace PluginHost.Plugins.ByteSeq2Seq;

using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>An encoder or a decoder: blocks between two dropouts, and a final norm.</summary>
internal sealed class Stack : Module
{
    private readonly Seq2SeqShape shape;
    private readonly Func<int, int> radius;
    private readonly ModuleList<Block> block;
    private readonly RmsNorm final_layer_norm;

    /// <param name="name">Its name in checkpoints.</param>
    /// <param name="shape">Sizes.</param>
    /// <param name="layers">How many blocks.</param>
    /// <param name="crosses">Whether blocks have cross-attention.</param>
    /// <param name="radius">Window of each layer.</param>
    public Stack(string name, Seq2SeqShape shape, int layers, bool crosses, Func<int, int> radius) : base(name)
    {
        this.shape = shape;
        this.radius = radius;
        block = ModuleList([.. Enumerable.Range(0, layers).Select(i => new Block(shape, i == 0, crosses))]);
        final_layer_norm = new RmsNorm(shape.Width, shape.NormEpsilon);
        RegisterComponents();
    }

    /// <summary>The blocks, bottom first.</summary>
    public IReadOnlyList<Block> Blocks => [.. block];

    /// <summary>The position biases all blocks use.</summary>
    public PositionBias Positions => block[0].Self.Positions;

    /// <summary>The position biases of all cross-attentions; null without any.</summary>
    public CrossBias? CrossPositions => block[0].Cross?.Positions;

    /// <summary>The widest window of any layer.</summary>
    public int WidestRadius => Enumerable.Range(0, block.Count).Max(radius);

    /// <summary>Runs the stack over embeddings "B T D".</summary>
    /// <param name="embedded_BTD">Owned by this call.</param>
    /// <param name="mask_BT">See <see cref="Masks.OfInput"/>.</param>
    /// <param name="causal">Whether no token attends to a later one.</param>
    /// <param name="blocks">Global blocks, if any.</param>
    /// <param name="memory">What cross-attention attends to.</param>
    /// <param name="kept">Receives the input and each block's output, when given.</param>
    /// <param name="onShares">Who is shown each layer's self-attention probabilities, when given.</param>
    /// <param name="onCross">The same for cross-attention.</param>
    public Tensor Forward(
        Tensor embedded_BTD, Tensor? mask_BT, bool causal, GlobalBlocks? blocks, Memory? memory, List<Tensor>? kept,
            Func<int, Action<Tensor>?>? onShares, Func<int, Action<Tensor>?>? onCross = null)
    {
        using var scope = NewDisposeScope();
        var radii = Enumerable.Range(0, block.Count).Select(radius);
        var plan = new AttentionPlan(shape, Positions, radii, mask_BT, (int)embedded_BTD.shape[1], causal, blocks,
            whole: onShares is not null);
        var cross_BHUT = memory is null ? null : CrossPositions?.Of(shape, embedded_BTD.shape[1], memory.Hidden_BTD.shape[1]);
        var hidden_BTD = Extras.dropout(embedded_BTD, shape.Dropout, training);
        kept?.Add(hidden_BTD);
        for (var i = 0; i < block.Count; i++)
        {
            var next_BTD = block[i].Forward(hidden_BTD, plan, radius(i), memory, cross_BHUT, onShares?.Invoke(i), onCross?.Invoke(i));
            if (kept is null) hidden_BTD.Dispose();
            kept?.Add(next_BTD);
            hidden_BTD = next_BTD;
        }
        foreach (var one in kept ?? []) one.MoveToOuterDisposeScope();
        return Finish(hidden_BTD).MoveToOuterDisposeScope();
    }

    /// <summary>Runs new embeddings "B N D" after those a state has seen.</summary>
    public Tensor Continue(Tensor embedded_BND, DecoderState state, DecoderState.Piece piece)
    {
        using var scope = NewDisposeScope();
        var hidden_BND = embedded_BND;
        var biases = new Dictionary<int, PieceBias>();
        var cross_BHNT = state.Cross is { } cross ? CrossPositions?.Of(shape, piece.New_BN, cross.Tokens) : null;
        for (var i = 0; i < block.Count; i++)
        {
            if (!biases.TryGetValue(radius(i), out var bias)) biases[radius(i)] = bias = PieceBias.Of(shape, Positions, piece, radius(i));
            hidden_BND = block[i].Continue(hidden_BND, state.Layers[i], piece, bias, state.Cross?.Of(i), state.Cross, cross_BHNT);
        }
        return Finish(hidden_BND).MoveToOuterDisposeScope();
    }

    private Tensor Finish(Tensor hidden_BTD)
    {
        using var scope = NewDisposeScope();
        return Extras.dropout(final_layer_norm.forward(hidden_BTD), shape.Dropout, training).MoveToOuterDisposeScope();
    }
}
