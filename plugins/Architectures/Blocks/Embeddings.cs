namespace PluginHost.Plugins.Blocks;

using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>Token, learned position and segment embeddings, summed, normalised and dropped (Devlin et al. 2019, figure 2). DNA models use segment 0 only.</summary>
/// <remarks>Fields are named as the published checkpoints name them. Axes: B samples, T tokens, D hidden size.</remarks>
public sealed class Embeddings : Module
{
    private readonly double dropout;
    private readonly Embedding word_embeddings;
    private readonly Embedding position_embeddings;
    private readonly Embedding token_type_embeddings;
    private readonly LayerNorm LayerNorm;

    /// <param name="vocabulary">Number of token ids.</param>
    /// <param name="positions">Most tokens a sequence may have.</param>
    /// <param name="segments">Number of segment ids.</param>
    /// <param name="shape">Width, dropout and epsilon.</param>
    public Embeddings(int vocabulary, int positions, int segments, EncoderShape shape) : base("embeddings")
    {
        dropout = shape.Dropout;
        word_embeddings = Layers.Table(vocabulary, shape.Width);
        position_embeddings = Layers.Table(positions, shape.Width);
        token_type_embeddings = Layers.Table(segments, shape.Width);
        LayerNorm = LayerNorm([shape.Width], shape.LayerNormEpsilon);
        RegisterComponents();
    }

    /// <summary>The token table "V D".</summary>
    public Parameter Tokens => word_embeddings.weight!;

    /// <summary>The position table "T D".</summary>
    public Parameter Positions => position_embeddings.weight!;

    /// <summary>Embeds token ids "B T" as "B T D".</summary>
    public Tensor Forward(Tensor ids_BT)
    {
        using var scope = NewDisposeScope();
        var length = ids_BT.shape[1];
        var places_TD = position_embeddings.weight!.narrow(0, 0, length) + token_type_embeddings.weight![0];
        var sum_BTD = word_embeddings.forward(ids_BT) + places_TD;
        return Extras.dropout(Layers.Normalize(LayerNorm, sum_BTD), dropout, training).MoveToOuterDisposeScope();
    }
}
