namespace PluginHost.Plugins.Classification;

using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>Dropout and a linear layer over a vector per sequence. Its parameters are <c>weight</c> and <c>bias</c>, so that files have the published <c>classifier.weight</c>.</summary>
/// <remarks>Axes: B samples, T tokens, D hidden size, C classes.</remarks>
internal sealed class ClassificationHead : Head
{
    private readonly Pooling pooling;
    private readonly double dropout;
    private readonly int[] leftOut;
    private readonly Parameter weight;
    private readonly Parameter bias;

    public ClassificationHead(ClassificationHeadOptions options, BuildContext context) : base("classification-head")
    {
        pooling = options.Pooling;
        dropout = options.Dropout;
        var offered = context.Backbone.Streams;
        if (!offered.Contains(Reads[0]))
            throw new UsageException($"'pooling: {pooling.ToString().ToLowerInvariant()}' reads the stream '{Reads[0].Name}', which this architecture does not offer; it offers {string.Join(", ", offered.Select(s => s.Name))}.");
        var vocabulary = context.Tokenizer.Vocabulary;
        leftOut = options.SkipSpecialTokens ? [.. new[] { vocabulary.Classification, vocabulary.Separator }.OfType<int>()] : [];
        weight = new Parameter(empty(options.Classes, context.Backbone.HiddenSize));
        bias = new Parameter(zeros(options.Classes));
        init.normal_(weight, 0, 0.02);
        RegisterComponents();
    }

    public override IReadOnlyList<StreamKey> Reads => [pooling == Pooling.Cls ? StreamKey.Pooled : StreamKey.Hidden];

    public override IReadOnlyList<BatchKey> ReadsColumns => pooling == Pooling.Cls ? [] : [Keys.AttentionMask, Keys.InputIds];

    public override string Predicts => "B C";

    public override string StatePrefix => "classifier";

    public override Tensor Forward(BackboneOutput output, Batch batch)
    {
        var pooled_BD = pooling == Pooling.Cls ? output[StreamKey.Pooled] : Mean(output[StreamKey.Hidden], batch);
        return functional.linear(Extras.dropout(pooled_BD, dropout, training), weight, bias);
    }

    private Tensor Mean(Tensor hidden_BTD, Batch batch)
    {
        using var scope = NewDisposeScope();
        var counted_BT = batch[Keys.AttentionMask];
        foreach (var id in leftOut) counted_BT = counted_BT.logical_and(batch[Keys.InputIds].ne(id));
        var weight_BT1 = counted_BT.to_type(hidden_BTD.dtype).unsqueeze(2);
        var mean_BD = (hidden_BTD * weight_BT1).sum(1) / weight_BT1.sum(1).clamp_min(1);
        return mean_BD.MoveToOuterDisposeScope();
    }
}
