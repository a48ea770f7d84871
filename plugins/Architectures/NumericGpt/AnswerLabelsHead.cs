namespace PluginHost.Plugins.NumericGpt;

using static TorchSharp.torch;

/// <summary>
/// Several yes-or-no answers: DNAGPT's multi-label template ends with an instruction B for each label (Zhang et al. 2023, figure 2 b), and
/// at each the score of
/// the yes token less that of the no token is the label's logit. It has the token head's names, so a pretrained one's weights fit.
/// </summary>
/// <remarks>Axes: B samples, T tokens, C labels.</remarks>
internal sealed class AnswerLabelsHead : Head
{
    private readonly int labels;
    private readonly Projection projection;
    private readonly long[] tokens;

    public AnswerLabelsHead(AnswerLabelsHeadOptions options, BuildContext context) : base("answer-labels-head")
    {
        labels = options.Labels;
        var vocabulary = context.Tokenizer.Vocabulary;
        tokens = [.. new[] { options.Yes, options.No }.Select(text => (long)(vocabulary.Find(text)
            ?? throw new UsageException(
                $"answer-labels-head: the tokenizer's vocabulary has no token '{text}'; name tokens that it has.")))];
        projection = new Projection(this, context.Backbone.Shape.HiddenSize, context.Backbone.Shape.HiddenSize, vocabulary.Count,
            options.LayerNormEpsilon, options.InitializerRange);
    }

    public override IReadOnlyList<StreamKey> Reads { get; } = [StreamKey.Hidden];

    public override IReadOnlyList<BatchKey> ReadsColumns { get; } = [Keys.AttentionMask];

    public override string Predicts => "B C";

    public override string StatePrefix => "mlm_head";

    public override bool IsGeneral => true;

    /// <exception cref="UsageException">A sequence has fewer tokens than there are labels.</exception>
    public override Tensor Forward(BackboneOutput output, Batch batch)
    {
        // A stream computed when first read belongs to the caller's scope: other heads read it too.
        var hidden_BTD = output[StreamKey.Hidden];
        using var scope = NewDisposeScope();
        var (rows, length) = (hidden_BTD.shape[0], hidden_BTD.shape[1]);
        if (length < labels) throw new UsageException($"answer-labels-head answers {labels} labels at the last {labels} tokens, but a "
            + $"batch has {length}; end the template with a B for each label.");
        var last_B = batch[Keys.AttentionMask].sum(1) - labels;
        var place_BC = (last_B + arange(rows, device: last_B.device) * length).unsqueeze(1) + arange(labels, device: last_B.device);
        var asked_ND = hidden_BTD.flatten(0, 1).index_select(0, place_BC.flatten());
        var scores_N2 = projection.Forward(asked_ND, tensor(tokens).to(asked_ND.device));
        return (scores_N2.select(1, 0) - scores_N2.select(1, 1)).view(rows, labels).MoveToOuterDisposeScope();
    }
}
