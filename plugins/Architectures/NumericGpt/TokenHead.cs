namespace PluginHost.Plugins.NumericGpt;

using static TorchSharp.torch;

/// <summary>
/// DNAGPT's classification head (Zhang et al. 2023, figure 1 d): scores of every token, not tied to the embedding. Where the
/// batch names <see cref="Keys.Positions"/> only those are computed.
/// </summary>
/// <remarks>Axes: B samples, T tokens, M asked positions, V vocabulary.</remarks>
internal sealed class TokenHead : Head
{
    private readonly Projection projection;

    public TokenHead(HeadOptions options, BuildContext context) : base("token-head")
    {
        var width = context.Backbone.Shape.HiddenSize;
        projection = new Projection(this, width, width, context.Tokenizer.Vocabulary.Count, options.LayerNormEpsilon,
            options.InitializerRange);
    }

    public override IReadOnlyList<StreamKey> Reads => [StreamKey.Hidden];

    public override string Predicts => "M V";

    public override string StatePrefix => "mlm_head";

    public override bool IsGeneral => true;

    public override Tensor Forward(BackboneOutput output, Batch batch)
    {
        using var scope = NewDisposeScope();
        var hidden_BTD = output[StreamKey.Hidden];
        return projection.Forward(Asked.Of(hidden_BTD, batch, Keys.Positions)).MoveToOuterDisposeScope();
    }
}
