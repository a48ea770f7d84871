namespace PluginHost.Plugins.ByteSeq2Seq.Attention;

using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>Attention of every decoder token to every encoder token; without position bias, as in T5, unless one is given.</summary>
/// <remarks>
/// Fields are named as T5's checkpoints name them. Axes: B samples, U decoder tokens, T encoder tokens, D hidden size, H heads, E head
/// width.
/// </remarks>
internal sealed class CrossAttention : Module
{
    private readonly Seq2SeqShape shape;
    private readonly Linear q;
    private readonly Linear k;
    private readonly Linear v;
    private readonly Linear o;
    private readonly Embedding? relative_attention_bias;

    /// <param name="shape">Sizes.</param>
    /// <param name="first">Whether this is the stack's first layer, which holds the position biases of all where there are some.</param>
    public CrossAttention(Seq2SeqShape shape, bool first) : base("EncDecAttention")
    {
        this.shape = shape;
        (q, k, v, o) = AttentionProjections.Make(shape);
        if (first && shape.CrossPlaces == CrossPlaces.Relative)
            relative_attention_bias = Weights.Table(shape.Buckets, shape.Heads, 1 / Math.Sqrt(shape.Width));
        RegisterComponents();
    }

    /// <summary>The position biases, in the first layer where the shape has them.</summary>
    public CrossBias? Positions => relative_attention_bias is null ? null : new(relative_attention_bias);

    /// <summary>Keys and values of the encoder's tokens, "B H T E" each.</summary>
    public (Tensor Keys, Tensor Values) Remember(Tensor memory_BTD) =>
        (AttentionProjections.Split(k, memory_BTD, shape), AttentionProjections.Split(v, memory_BTD, shape));

    /// <summary>"B U D" to "B U D".</summary>
    /// <param name="hidden_BUD">Normalised input.</param>
    /// <param name="keys_BHTE">From <see cref="Remember"/>.</param>
    /// <param name="values_BHTE">From <see cref="Remember"/>.</param>
    /// <param name="mask_BT">See <see cref="Masks.OfInput"/>.</param>
    /// <param name="bias_BHUT">Added to the scores, with one row for all or a row for each decoder sequence; null for nothing.</param>
    /// <param name="onShares">Is shown the probabilities "B H U T" before dropout, when given.</param>
    /// <param name="perSource">
    /// Decoder sequences of each encoder sequence, side by side: then hidden states have so many times the samples of keys, values and
    /// mask.
    /// </param>
    public Tensor Forward(Tensor hidden_BUD, Tensor keys_BHTE, Tensor values_BHTE, Tensor? mask_BT, Tensor? bias_BHUT = null,
        Action<Tensor>? onShares = null, int perSource = 1)
    {
        using var scope = NewDisposeScope();
        var (rows, places) = (hidden_BUD.shape[0], hidden_BUD.shape[1]);
        // Sequences of one source become places of one sequence: nothing but the bias depends on where a token stands.
        if (perSource > 1)
        {
            hidden_BUD = hidden_BUD.reshape(rows / perSource, perSource * places, -1);
            bias_BHUT = bias_BHUT?.unflatten(0, [rows / perSource, perSource]).transpose(1, 2).flatten(2, 3);
        }
        var query_BHUE = AttentionProjections.Queries(q, hidden_BUD, shape);
        // A bias is learned, which the kernel below has no gradient for.
        if (onShares is not null || bias_BHUT is not null)
        {
            var shares_BHUT = Scores(query_BHUE, keys_BHTE, mask_BT, bias_BHUT).softmax(-1);
            onShares?.Invoke(shares_BHUT);
            return Join(Extras.dropout(shares_BHUT, shape.AttentionDropout, training).to_type(values_BHTE.dtype).matmul(values_BHTE))
                .reshape(rows, places, -1).MoveToOuterDisposeScope();
        }
        // In memory linear in both lengths: the decoder's 16,384 against the encoder's would be 1 GiB of scores a head.
        var context_BHUE = Extras.attention(
            query_BHUE, keys_BHTE, values_BHTE, mask_BT?.unsqueeze(1).unsqueeze(1), training ? shape.AttentionDropout : 0, scale: 1);
        return Join(context_BHUE).reshape(rows, places, -1).MoveToOuterDisposeScope();
    }

    private Tensor Join(Tensor context_BHUE) => o.call(context_BHUE.transpose(1, 2).flatten(2, 3));

    private static Tensor Scores(Tensor query_BHUE, Tensor keys_BHTE, Tensor? mask_BT, Tensor? bias_BHUT)
    {
        var scores_BHUT = query_BHUE.matmul(keys_BHTE.transpose(2, 3)).to_type(ScalarType.Float32);
        if (bias_BHUT is not null) scores_BHUT = scores_BHUT + bias_BHUT;
        return mask_BT is null ? scores_BHUT : scores_BHUT + mask_BT.unsqueeze(1).unsqueeze(1);
    }
}
