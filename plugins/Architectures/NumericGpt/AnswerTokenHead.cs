namespace PluginHost.Plugins.NumericGpt;

using static TorchSharp.torch;

/// <summary>
/// Scores of a few tokens after a sequence's last one: DNAGPT's way to classify, whose prompt ends with the instruction B (Zhang et al.
/// 2023, figure 2 b). It has the token head's names, so a pretrained one's weights fit.
/// </summary>
/// <remarks>Axes: B samples, C classes, V vocabulary.</remarks>
internal sealed class AnswerTokenHead : Head
{
    private readonly Projection projection;
    private readonly long[] tokens;

    public AnswerTokenHead(AnswerTokenHeadOptions options, BuildContext context) : base("answer-token-head")
    {
        var vocabulary = context.Tokenizer.Vocabulary;
        tokens = [.. options.Tokens.Select(text => (long)(vocabulary.Find(text)
            ?? throw new UsageException(
                $"answer-token-head: the tokenizer's vocabulary has no token '{text}'; name tokens that it has.")))];
        projection = new Projection(this, context.Backbone.Shape.HiddenSize, context.Backbone.Shape.HiddenSize, vocabulary.Count,
            options.LayerNormEpsilon, options.InitializerRange);
    }

    public override IReadOnlyList<StreamKey> Reads => [StreamKey.Pooled];

    public override string Predicts => "B C";

    public override string StatePrefix => "mlm_head";

    public override bool IsGeneral => true;

    public override Tensor Forward(BackboneOutput output, Batch batch)
    {
        // A stream computed when first read belongs to the caller's scope: other heads read it too.
        var last_BD = output[StreamKey.Pooled];
        using var scope = NewDisposeScope();
        return projection.Forward(last_BD, tensor(tokens).to(last_BD.device)).MoveToOuterDisposeScope();
    }
}
