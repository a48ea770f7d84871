namespace PluginHost.Plugins.NumericGpt;

using static TorchSharp.torch;

/// <summary>
/// Values after a sequence's last token: DNAGPT's way to predict numbers, whose prompt ends with the instruction M (Zhang et al. 2023,
/// figure 2 b). It has the number head's names, so a pretrained one's weights fit a single output.
/// </summary>
internal sealed class AnswerNumberHead : Head
{
    private readonly int outputs;
    private readonly Projection projection;

    public AnswerNumberHead(AnswerNumberHeadOptions options, BuildContext context) : base("answer-number-head")
    {
        outputs = options.Outputs;
        projection = new Projection(this, context.Backbone.Shape.HiddenSize, context.Backbone.Shape.HiddenSize, options.Outputs,
            options.LayerNormEpsilon, options.InitializerRange);
    }

    public override IReadOnlyList<StreamKey> Reads => [StreamKey.Pooled];

    public override string Predicts => "B C";

    public override string StatePrefix => "num_regression";

    // One output is what a number token says; several are those of one task.
    public override bool IsGeneral => outputs == 1;

    public override Tensor Forward(BackboneOutput output, Batch batch)
    {
        // A stream computed when first read belongs to the caller's scope: other heads read it too.
        var last_BD = output[StreamKey.Pooled];
        using var scope = NewDisposeScope();
        return projection.Forward(last_BD).MoveToOuterDisposeScope();
    }
}
