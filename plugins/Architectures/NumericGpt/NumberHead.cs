namespace PluginHost.Plugins.NumericGpt;

using static TorchSharp.torch;

/// <summary>
/// DNAGPT's regression head (Zhang et al. 2023, figure 1 d): a value at each position. Where the batch names
/// <see cref="Keys.NumberPositions"/> only those are computed.
/// </summary>
/// <remarks>Axes: B samples, T tokens, Q asked positions.</remarks>
internal sealed class NumberHead : Head
{
    private readonly Projection projection;

    public NumberHead(HeadOptions options, BuildContext context) : base("number-head") =>
        projection = new Projection(this, context.Backbone.Shape.HiddenSize, context.Backbone.Shape.HiddenSize, 1, options.LayerNormEpsilon,
            options.InitializerRange);

    public override IReadOnlyList<StreamKey> Reads => [StreamKey.Hidden];

    public override string Predicts => "Q";

    public override string StatePrefix => "num_regression";

    public override bool IsGeneral => true;

    public override Tensor Forward(BackboneOutput output, Batch batch)
    {
        using var scope = NewDisposeScope();
        var hidden_BTD = output[StreamKey.Hidden];
        return projection.Forward(Asked.Of(hidden_BTD, batch, Keys.NumberPositions)).squeeze(-1).MoveToOuterDisposeScope();
    }
}
