namespace PluginHost.Libs.Supervised;

using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// Dropout and a linear layer over a vector per sequence, with numbers beside it where there are any. Its parameters are <c>weight</c>
/// and <c>bias</c>, so that files have the published <c>classifier.weight</c>; <c>features.weight</c> and <c>features.bias</c> are those of
/// the layer over the numbers.
/// </summary>
/// <remarks>Axes: B samples, T tokens, D hidden size, F features, C outputs.</remarks>
public sealed class PooledHead : Head
{
    private readonly string component;
    private readonly PooledHeadOptions options;
    private readonly int[] leftOut;
    private readonly Linear? features;
    private readonly Parameter weight;
    private readonly Parameter bias;

    /// <param name="name">Its name in the catalog.</param>
    /// <param name="outputs">Size of axis C.</param>
    /// <param name="options">Pooling, dropout, features.</param>
    /// <param name="context">Its backbone is read, and its tokenizer's special tokens.</param>
    /// <exception cref="UsageException">The architecture does not offer what the pooling reads.</exception>
    public PooledHead(string name, int outputs, PooledHeadOptions options, BuildContext context) : base(name)
    {
        component = name;
        this.options = options;
        var offered = context.Backbone.Streams;
        if (!offered.Contains(Reads[0]))
            throw new UsageException($"'pooling: {options.Pooling.Name()}' reads the stream '{Reads[0].Name}', "
                + $"which this architecture does not offer; it offers {string.Join(", ", offered.Select(s => s.Name))}.");
        var vocabulary = context.Tokenizer.Vocabulary;
        leftOut = options.SkipSpecialTokens ? [.. new[] { vocabulary.Classification, vocabulary.Separator }.OfType<int>()] : [];
        var beside = options.Features;
        if (options.Features > 0 && options.FeatureWidth > 0)
        {
            features = Linear(options.Features, beside = options.FeatureWidth);
            init.normal_(features.weight, 0, 1 / Math.Sqrt(options.Features));
            init.zeros_(features.bias!);
        }
        var vectors = options.Pooling switch { Pooling.Parts => options.Parts, Pooling.MaxParts => options.Parts + 1, _ => 1 };
        weight = new Parameter(empty(outputs, vectors * context.Backbone.Shape.HiddenSize + beside));
        bias = new Parameter(zeros(outputs));
        init.normal_(weight, 0, 0.02);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<StreamKey> Reads => [options.Pooling == Pooling.Cls ? StreamKey.Pooled : StreamKey.Hidden];

    /// <inheritdoc/>
    public override IReadOnlyList<BatchKey> ReadsColumns =>
    [
        .. options.Pooling == Pooling.Cls ? Array.Empty<BatchKey>() : [Keys.AttentionMask, Keys.InputIds],
        .. options.Features > 0 ? [Keys.Features] : Array.Empty<BatchKey>(),
    ];

    /// <inheritdoc/>
    public override string Predicts => "B C";

    /// <inheritdoc/>
    public override string StatePrefix => "classifier";

    /// <inheritdoc/>
    public override (string Weight, string Bias)? LastLinear => ("weight", "bias");

    /// <inheritdoc/>
    /// <exception cref="DataException">The batch has another number of features.</exception>
    public override Tensor Forward(BackboneOutput output, Batch batch)
    {
        var pooled_BD = options.Pooling == Pooling.Cls ? output[StreamKey.Pooled] : Pooled(output[StreamKey.Hidden], batch);
        pooled_BD = Extras.dropout(pooled_BD, options.Dropout, training);
        return functional.linear(options.Features > 0 ? Beside(pooled_BD, batch[Keys.Features]) : pooled_BD, weight, bias);
    }

    private Tensor Beside(Tensor pooled_BD, Tensor features_BF)
    {
        if (features_BF.shape[1] != options.Features)
            throw new DataException($"The head '{component}' was made for {options.Features} features, but the samples have "
                + $"{features_BF.shape[1]}; give the fields it was trained with.");
        var beside_BF = features is null ? features_BF : features.forward(features_BF).relu();
        return cat([pooled_BD, beside_BF.to_type(pooled_BD.dtype)], 1);
    }

    private Tensor Pooled(Tensor hidden_BTD, Batch batch)
    {
        using var scope = NewDisposeScope();
        var counted_BT = batch[Keys.AttentionMask];
        foreach (var id in leftOut) counted_BT = counted_BT.logical_and(batch[Keys.InputIds].ne(id));
        var pooled_BD = options.Pooling switch
        {
            Pooling.Mean => SequenceVectors.Whole(hidden_BTD, counted_BT),
            Pooling.Max => SequenceVectors.Greatest(hidden_BTD, counted_BT),
            Pooling.Parts => SequenceVectors.OfParts(hidden_BTD, counted_BT, options.Parts),
            _ => cat([SequenceVectors.Greatest(hidden_BTD, counted_BT),
                SequenceVectors.OfParts(hidden_BTD, counted_BT, options.Parts) / options.Parts], 1),
        };
        return pooled_BD.MoveToOuterDisposeScope();
    }
}
