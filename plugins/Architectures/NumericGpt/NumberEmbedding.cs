namespace PluginHost.Plugins.NumericGpt;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>The numerical embedding layer (Zhang et al. 2023, 2.1): a value as a vector, in place of its token's embedding.</summary>
internal sealed class NumberEmbedding : Module
{
    private readonly Projection projection;

    public NumberEmbedding(NumericGptOptions options) : base("number_embedding") =>
        projection = new Projection(this, 1, options.Width, options.Width, options.LayerNormEpsilon,
            options.Initialization == Initialization.Gpt2 ? options.InitializerRange : null);

    /// <summary>Puts the vectors of a batch's numbers where they stand.</summary>
    /// <param name="tokens_BTD">Token embeddings.</param>
    /// <param name="numbers_BT">Values.</param>
    /// <param name="mask_BT">Where they are.</param>
    public Tensor Place(Tensor tokens_BTD, Tensor numbers_BT, Tensor mask_BT)
    {
        using var scope = NewDisposeScope();
        var where_N = mask_BT.flatten().nonzero().flatten();
        if (where_N.shape[0] == 0) return tokens_BTD.alias().MoveToOuterDisposeScope();
        var values_N1 = numbers_BT.flatten().index_select(0, where_N).unsqueeze(1);
        var vectors_ND = projection.Forward(values_N1).to_type(tokens_BTD.dtype);
        return tokens_BTD.flatten(0, 1).index_copy(0, where_N, vectors_ND).view_as(tokens_BTD).MoveToOuterDisposeScope();
    }
}
