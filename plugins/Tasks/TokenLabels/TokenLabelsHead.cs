namespace PluginHost.Plugins.TokenLabels;

using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// Dropout and a linear layer over each token, as published token classifiers have it: <c>classifier.weight</c> and <c>classifier.bias</c>;
/// an item's scores are the mean over its tokens.
/// </summary>
/// <remarks>Axes: B samples, T tokens, D hidden size, N tokens that are asked for, M items, W most tokens of one, C classes.</remarks>
internal sealed class TokenLabelsHead : Head
{
    private readonly double dropout;
    private readonly Parameter weight;
    private readonly Parameter bias;

    public TokenLabelsHead(TokenLabelsHeadOptions options, BuildContext context) : base("token-labels-head")
    {
        dropout = options.Dropout;
        if (!context.Backbone.Streams.Contains(StreamKey.Hidden))
            throw new UsageException("token-labels-head reads the stream 'hidden', which this architecture does not offer; it offers "
                + $"{string.Join(", ", context.Backbone.Streams.Select(s => s.Name))}. "
                + "With windowed, set 'join: mean' or 'project: true'.");
        weight = new Parameter(empty(options.Classes, context.Backbone.Shape.HiddenSize));
        bias = new Parameter(zeros(options.Classes));
        init.normal_(weight, 0, 0.02);
        RegisterComponents();
    }

    public override IReadOnlyList<StreamKey> Reads { get; } = [StreamKey.Hidden];

    public override IReadOnlyList<BatchKey> ReadsColumns { get; } = [Columns.Tokens, Columns.Shares];

    public override string Predicts => "M C";

    public override string StatePrefix => "classifier";

    public override Tensor Forward(BackboneOutput output, Batch batch)
    {
        // A stream computed when first read belongs to the caller's scope: other heads read it too.
        var hidden_BTD = output[StreamKey.Hidden];
        using var scope = NewDisposeScope();
        var tokens_MW = batch[Columns.Tokens];
        var hidden_ND = Extras.dropout(hidden_BTD.flatten(0, 1), dropout, training);
        var logits_NC = functional.linear(hidden_ND, weight, bias);
        if (tokens_MW.shape[1] == 1) return logits_NC.index_select(0, tokens_MW.flatten()).MoveToOuterDisposeScope();
        var each_MWC = logits_NC.index_select(0, tokens_MW.flatten()).view(tokens_MW.shape[0], tokens_MW.shape[1], -1);
        return (each_MWC * batch[Columns.Shares].to_type(each_MWC.dtype).unsqueeze(2)).sum(1).MoveToOuterDisposeScope();
    }
}
