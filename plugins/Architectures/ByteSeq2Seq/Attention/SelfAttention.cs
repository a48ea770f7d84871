using PluginHost.Plugins.ByteSeq2Seq.Decoding;

namespace PluginHost.Plugins.ByteSeq2Seq.Attention;

using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// Attention to the tokens of a window and to the global tokens of blocks, under one softmax. Global tokens share the
/// token's key and value projections.
/// </summary>
/// <remarks>
/// Fields are named as T5's and LongT5's checkpoints name them. Axes: B samples, T tokens, D hidden size, H heads, E head width, G blocks,
/// N tiles, W queries and K keys of a tile.
/// </remarks>
internal sealed class SelfAttention : Module
{
    private readonly Seq2SeqShape shape;
    private readonly Linear q;
    private readonly Linear k;
    private readonly Linear v;
    private readonly Linear o;
    private readonly Embedding? relative_attention_bias;
    private readonly Embedding? global_relative_attention_bias;
    private readonly RmsNorm? global_input_layer_norm;

    /// <param name="shape">Sizes.</param>
    /// <param name="first">Whether this is the stack's first layer, which holds the position biases of all.</param>
    public SelfAttention(Seq2SeqShape shape, bool first) : base("SelfAttention")
    {
        this.shape = shape;
        (q, k, v, o) = AttentionProjections.Make(shape);
        var deviation = 1 / Math.Sqrt(shape.Width);
        if (first) relative_attention_bias = Weights.Table(shape.Buckets, shape.Heads, deviation);
        if (shape.Global)
        {
            if (first) global_relative_attention_bias = Weights.Table(shape.Buckets, shape.Heads, deviation);
            global_input_layer_norm = new RmsNorm(shape.Width, shape.NormEpsilon);
        }
        RegisterComponents();
    }

    /// <summary>The position biases, in the first layer.</summary>
    public PositionBias Positions => new(relative_attention_bias!, global_relative_attention_bias);

    /// <summary>"B T D" to "B T D".</summary>
    /// <param name="hidden_BTD">Normalised input.</param>
    /// <param name="plan">Blocks and masks.</param>
    /// <param name="radius">The layer's window.</param>
    /// <param name="onShares">Is shown the probabilities "B H T T", when given; then the plan has a single tile.</param>
    public Tensor Forward(Tensor hidden_BTD, AttentionPlan plan, int radius, Action<Tensor>? onShares)
    {
        using var scope = NewDisposeScope();
        var window = plan.For(radius);
        var tiling = window.Tiling;
        var query_BHNWE = tiling.CutQueries(AttentionProjections.Queries(q, hidden_BTD, shape));
        var local_BHNWK = Product(query_BHNWE, tiling.CutKeys(AttentionProjections.Split(k, hidden_BTD, shape)), transposed: true);
        local_BHNWK = local_BHNWK.to_type(ScalarType.Float32).add_(window.Local_1H1WK);
        if (window.Keys_B1N1K is not null) local_BHNWK.add_(window.Keys_B1N1K);
        var value_BHNKE = tiling.CutKeys(AttentionProjections.Split(v, hidden_BTD, shape));
        var context_BHNWE = plan.Blocks is null
            ? Product(Shares(local_BHNWK, null, onShares), value_BHNKE)
            : WithBlocks(query_BHNWE, local_BHNWK, value_BHNKE, hidden_BTD, plan.Blocks, window, onShares);
        var joined_BTD = context_BHNWE.flatten(2, 3).narrow(2, 0, tiling.Length).transpose(1, 2).flatten(2, 3);
        return o.call(joined_BTD).MoveToOuterDisposeScope();
    }

    /// <summary>New tokens "B N D" after those of a cache, which takes them in; equals what <see cref="Forward"/> gives for them.</summary>
    /// <param name="hidden_BND">Normalised input.</param>
    /// <param name="cache">This layer's.</param>
    /// <param name="piece">Places of the tokens.</param>
    /// <param name="bias">Of the piece, in the layer's window.</param>
    public Tensor Continue(Tensor hidden_BND, LayerCache cache, DecoderState.Piece piece, PieceBias bias)
    {
        using var scope = NewDisposeScope();
        var query_BHNE = AttentionProjections.Queries(q, hidden_BND, shape);
        var (keys_BHSE, values_BHSE) = cache.Tokens.Append(
            AttentionProjections.Split(k, hidden_BND, shape), AttentionProjections.Split(v, hidden_BND, shape), piece.Kept);
        var scores_BHNX = query_BHNE.matmul(keys_BHSE.transpose(2, 3)).to_type(ScalarType.Float32)
            + bias.Local_BHNS;
        if (shape.Global) TakeIntoBlocks(hidden_BND, cache, piece);
        if (!shape.Global || piece.Over == 0)
            return o.call(scores_BHNX.softmax(-1).to_type(values_BHSE.dtype).matmul(values_BHSE).transpose(1, 2).flatten(2, 3))
                .MoveToOuterDisposeScope();
        var global_BHNG = query_BHNE.matmul(cache.BlockKeys!.transpose(2, 3)).to_type(ScalarType.Float32)
            + bias.Global_BHNG!;
        var shares_BHNX = cat([scores_BHNX, global_BHNG], 3).softmax(-1).to_type(values_BHSE.dtype);
        var context_BHNE = shares_BHNX.matmul(cat([values_BHSE, cache.BlockValues!], 2));
        return o.call(context_BHNE.transpose(1, 2).flatten(2, 3)).MoveToOuterDisposeScope();
    }

    private void TakeIntoBlocks(Tensor hidden_BND, LayerCache cache, DecoderState.Piece piece)
    {
        var count = Math.Max(piece.Over + 1, (int)(cache.BlockSums?.shape[1] ?? 0));
        var own_BN = piece.New_BN.div(piece.PerBlock, RoundingMode.floor);
        // Padding has place -1, hence block -1: it is in none.
        var members_BGN = own_BN.unsqueeze(1).eq(arange(count, ScalarType.Int64, own_BN.device).unsqueeze(1)).to_type(hidden_BND.dtype);
        cache.AddToBlocks(members_BGN.matmul(hidden_BND));
        if (!piece.Remake) return;
        var global_BGD = global_input_layer_norm!.forward(cache.BlockSums!.narrow(1, 0, piece.Over));
        cache.KeepBlocks(AttentionProjections.Split(k, global_BGD, shape), AttentionProjections.Split(v, global_BGD, shape));
    }

    private Tensor WithBlocks(
        Tensor query_BHNWE, Tensor local_BHNWK, Tensor value_BHNKE, Tensor hidden_BTD, GlobalBlocks blocks, AttentionPlan.Window window,
            Action<Tensor>? onShares)
    {
        var global_BGD = global_input_layer_norm!.forward(blocks.Sum(hidden_BTD));
        var (keys_BHGE, values_BHGE) = (AttentionProjections.Split(k, global_BGD, shape), AttentionProjections.Split(v, global_BGD, shape));
        var (tiles, queries) = (query_BHNWE.shape[2], query_BHNWE.shape[3]);
        var global_BHPG = Product(query_BHNWE.flatten(2, 3), keys_BHGE, transposed: true).to_type(ScalarType.Float32);
        var global_BHNWG = global_BHPG.unflatten(2, [tiles, queries]).add_(window.Global_BHNWG!);
        var shares = Shares(cat([local_BHNWK, global_BHNWG], 4), blocks, onShares).split([local_BHNWK.shape[4], blocks.Count], 4);
        return Product(shares[0], value_BHNKE) + Product(shares[1].flatten(2, 3), values_BHGE).unflatten(2, [tiles, queries]);
    }

    private Tensor Shares(Tensor scores, GlobalBlocks? blocks, Action<Tensor>? onShares)
    {
        var shares = scores.softmax(-1);
        if (onShares is not null)
        {
            var whole_BHTX = shares.select(2, 0).detach();
            var keys = blocks is null ? whole_BHTX.shape[3] : whole_BHTX.shape[3] - blocks.Count;
            var tokens_BHTT = whole_BHTX.narrow(3, 0, keys);
            if (blocks is not null) tokens_BHTT = tokens_BHTT + blocks.Spread(whole_BHTX.narrow(3, keys, blocks.Count));
            onShares(tokens_BHTT.clone());
        }
        return Extras.dropout(shares, shape.AttentionDropout, training);
    }

    // Batched products of matrices in any number of leading axes; matmul would copy one that does not merge anyway.
    private static Tensor Product(Tensor left, Tensor right, bool transposed = false) =>
        left.matmul(transposed ? right.transpose(-2, -1) : right);
}
