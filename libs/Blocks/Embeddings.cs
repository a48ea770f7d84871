namespace PluginHost.Libs.Blocks;

using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// Token, learned position and segment embeddings, summed, normalised and dropped (Devlin et al. 2019, figure 2). All tokens have segment 0
/// unless a batch says otherwise; positions may be left out.
/// </summary>
/// <remarks>Fields are named as the published checkpoints name them. Axes: B samples, T tokens, D hidden size.</remarks>
public sealed class Embeddings : Module
{
    private readonly double dropout;
    private readonly Embedding word_embeddings;
    private readonly Embedding? position_embeddings;
    private readonly Embedding token_type_embeddings;
    private readonly LayerNorm LayerNorm;

    /// <param name="vocabulary">Number of token ids.</param>
    /// <param name="positions">Rows of the position table: most tokens a sequence may have; 0 for no table.</param>
    /// <param name="segments">Number of segment ids.</param>
    /// <param name="shape">Width, dropout and epsilon.</param>
    /// <param name="name">The module's name.</param>
    public Embeddings(int vocabulary, int positions, int segments, EncoderShape shape, string name = "embeddings") : base(name)
    {
        dropout = shape.Dropout;
        word_embeddings = Layers.Table(vocabulary, shape.Width);
        if (positions > 0) position_embeddings = Layers.Table(positions, shape.Width);
        token_type_embeddings = Layers.Table(segments, shape.Width);
        LayerNorm = LayerNorm([shape.Width], shape.LayerNormEpsilon);
        RegisterComponents();
    }

    /// <summary>The token table "V D".</summary>
    public Parameter Tokens => word_embeddings.weight!;

    /// <summary>The position table "T D"; null without one.</summary>
    public Parameter? Positions => position_embeddings?.weight;

    /// <summary>Embeds token ids "B T" as "B T D".</summary>
    /// <param name="ids_BT">Token ids.</param>
    /// <param name="addPositions">
    /// Whether to add the position table, which then must exist. Genomics-FM has one that it does not use under ALiBi.
    /// </param>
    /// <param name="types_BT">
    /// Segment of each token; null for the first everywhere. Where there is one segment only, types say nothing.
    /// </param>
    /// <param name="embeddings_BTD">Used in place of the token table's rows, where given.</param>
    public Tensor Forward(Tensor ids_BT, bool addPositions, Tensor? types_BT = null, Tensor? embeddings_BTD = null)
    {
        using var scope = NewDisposeScope();
        var segments = token_type_embeddings.weight!;
        var place = types_BT is null || segments.shape[0] < 2 ? segments[0] : token_type_embeddings.forward(types_BT);
        if (addPositions) place = position_embeddings!.weight!.narrow(0, 0, ids_BT.shape[1]) + place;
        var sum_BTD = (embeddings_BTD ?? word_embeddings.forward(ids_BT)) + place;
        return Extras.dropout(Layers.Normalize(LayerNorm, sum_BTD), dropout, training).MoveToOuterDisposeScope();
    }
}
