namespace PluginHost.Libs.Blocks.Attention;

using PluginHost.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>Multi-head self-attention (Vaswani et al. 2017, 3.2) without its output projection.</summary>
/// <remarks>Axes: B samples, T tokens, D hidden size, H heads, K = D / H.</remarks>
public abstract class SelfAttention : Module
{
    private readonly int heads;
    private readonly double dropout;

    /// <summary>Checks the shape.</summary>
    /// <exception cref="UsageException">The width is no multiple of the heads.</exception>
    protected SelfAttention(EncoderShape shape) : base("self")
    {
        if (shape.Width % shape.Heads != 0)
            throw new UsageException($"A width of {shape.Width} cannot be split into {shape.Heads} attention heads; make it a multiple.");
        heads = shape.Heads;
        dropout = shape.AttentionDropout;
    }

    /// <summary>Attends.</summary>
    /// <param name="hidden">Tokens as <paramref name="layout"/> has them, the last axis D.</param>
    /// <param name="layout">Where tokens lie and what is added to the scores.</param>
    /// <param name="onShares">Is shown the probabilities "B H T T" before dropout, when given; this takes the plain path.</param>
    /// <returns>As <paramref name="hidden"/>.</returns>
    public Tensor Forward(Tensor hidden, TokenLayout layout, Action<Tensor>? onShares)
    {
        using var scope = NewDisposeScope();
        var (query, key, value) = Project(hidden);
        if (onShares is null && layout.Lengths is { } lengths && IsForUseAlone(query))
            return Extras.varlen_attention(Tokens(query), Tokens(key), Tokens(value), lengths, heads, layout.OwnBias?.squeeze(0))
                .view(hidden.shape).MoveToOuterDisposeScope();
        var query_BHTK = Split(layout.ToRows(query));
        var key_BHTK = Split(layout.ToRows(key));
        var value_BHTK = Split(layout.ToRows(value));
        var context_BHTK = onShares is null
            ? Extras.attention(query_BHTK, key_BHTK, value_BHTK, layout.Bias, training ? dropout : 0)
            : Plain(query_BHTK, key_BHTK, value_BHTK, layout.Bias, onShares);
        return layout.FromRows(context_BHTK.transpose(1, 2).flatten(2, 3)).MoveToOuterDisposeScope();
    }

    /// <summary>The first token of each row alone attends: "B D". Without dropout.</summary>
    /// <param name="hidden">All tokens, as for <see cref="Forward"/>.</param>
    /// <param name="first_BD">The first ones of them.</param>
    /// <param name="layout">Where tokens lie and what is added to the scores.</param>
    public Tensor First(Tensor hidden, Tensor first_BD, TokenLayout layout)
    {
        using var scope = NewDisposeScope();
        var (query_BD, key, value) = Project(hidden, first_BD);
        var context_BH1K = Extras.attention(Split(query_BD.unsqueeze(1)), Split(layout.ToRows(key)), Split(layout.ToRows(value)),
            layout.FirstBias);
        return context_BH1K.flatten(1).MoveToOuterDisposeScope();
    }

    /// <summary>Queries of some tokens, keys and values of all.</summary>
    /// <param name="hidden">All tokens.</param>
    /// <param name="asking">Those that attend; the last axis D.</param>
    protected abstract (Tensor Query, Tensor Key, Tensor Value) Project(Tensor hidden, Tensor asking);

    /// <summary>Queries, keys and values of tokens as the layout has them, each of hidden size D.</summary>
    protected abstract (Tensor Query, Tensor Key, Tensor Value) Project(Tensor hidden);

    private bool IsForUseAlone(Tensor query) =>
        !is_grad_enabled() && !(training && dropout > 0) && query.device_type == TorchSharp.DeviceType.CPU
            && query.dtype == ScalarType.Float32;

    private static Tensor Tokens(Tensor rows) => rows.dim() == 3 ? rows.flatten(0, 1) : rows;

    private Tensor Plain(Tensor query_BHTK, Tensor key_BHTK, Tensor value_BHTK, Tensor? bias, Action<Tensor> onShares)
    {
        // Scaling the queries instead of the scores touches K numbers a token instead of T.
        var scores_BHTT = (query_BHTK * (1 / Math.Sqrt(query_BHTK.shape[3]))).matmul(key_BHTK.transpose(2, 3));
        if (bias is not null) scores_BHTT = scores_BHTT + bias;
        var shares_BHTT = scores_BHTT.softmax(-1);
        onShares(shares_BHTT);
        return Extras.dropout(shares_BHTT, dropout, training).matmul(value_BHTK);
    }

    private Tensor Split(Tensor joined_BTD) => joined_BTD.unflatten(2, [heads, -1]).transpose(1, 2);
}
