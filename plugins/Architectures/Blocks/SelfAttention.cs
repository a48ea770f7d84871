namespace PluginHost.Plugins.Blocks;

using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>Multi-head self-attention (Vaswani et al. 2017, 3.2) without its output projection.</summary>
/// <remarks>Fields are named as the published checkpoints name them. Axes: B samples, T tokens, D hidden size, H heads, K = D / H.</remarks>
public sealed class SelfAttention : Module
{
    private readonly int heads;
    private readonly double dropout;
    private readonly Linear query;
    private readonly Linear key;
    private readonly Linear value;

    /// <summary>Builds the three projections.</summary>
    /// <exception cref="UsageException">The width is no multiple of the heads.</exception>
    public SelfAttention(EncoderShape shape) : base("self")
    {
        if (shape.Width % shape.Heads != 0)
            throw new UsageException($"A width of {shape.Width} cannot be split into {shape.Heads} attention heads; make it a multiple.");
        heads = shape.Heads;
        dropout = shape.AttentionDropout;
        query = Layers.Dense(shape.Width, shape.Width);
        key = Layers.Dense(shape.Width, shape.Width);
        value = Layers.Dense(shape.Width, shape.Width);
        RegisterComponents();
    }

    /// <summary>Attends.</summary>
    /// <param name="hidden_BTD">Input.</param>
    /// <param name="mask_B11T">Added to the scores, see <see cref="AttentionMask"/>; null for none.</param>
    /// <param name="attentions">Receives the probabilities "B H T T" before dropout, when given; this takes the plain path.</param>
    /// <returns>"B T D".</returns>
    public Tensor Forward(Tensor hidden_BTD, Tensor? mask_B11T, ICollection<Tensor>? attentions)
    {
        using var scope = NewDisposeScope();
        var query_BHTK = Split(query.forward(hidden_BTD));
        var key_BHTK = Split(key.forward(hidden_BTD));
        var value_BHTK = Split(value.forward(hidden_BTD));
        var context_BHTK = attentions is null && query_BHTK.device_type == TorchSharp.DeviceType.CUDA
            ? functional.scaled_dot_product_attention(query_BHTK, key_BHTK, value_BHTK, mask_B11T?.to_type(query_BHTK.dtype), training ? dropout : 0)
            : Plain(query_BHTK, key_BHTK, value_BHTK, mask_B11T, attentions);
        return context_BHTK.transpose(1, 2).flatten(2, 3).MoveToOuterDisposeScope();
    }

    private Tensor Plain(Tensor query_BHTK, Tensor key_BHTK, Tensor value_BHTK, Tensor? mask_B11T, ICollection<Tensor>? attentions)
    {
        // Scaling the queries instead of the scores touches K numbers a token instead of T.
        var scores_BHTT = (query_BHTK * (1 / Math.Sqrt(query_BHTK.shape[3]))).matmul(key_BHTK.transpose(2, 3));
        if (mask_B11T is not null) scores_BHTT = scores_BHTT + mask_B11T;
        var shares_BHTT = scores_BHTT.softmax(-1);
        attentions?.Add(shares_BHTT.MoveToOuterDisposeScope());
        return Extras.dropout(shares_BHTT, dropout, training).matmul(value_BHTK);
    }

    private Tensor Split(Tensor joined_BTD) => joined_BTD.unflatten(2, [heads, -1]).transpose(1, 2);
}
