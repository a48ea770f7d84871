namespace PluginHost.Plugins.MaskedLm;

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// dense, GELU, layer norm, then scores against every token's embedding plus a bias a token. Where the batch names
/// <see cref="Keys.Positions"/> only those are computed: at a rate of 15 % that saves most of a small model's work.
/// </summary>
/// <remarks>
/// Fields have the names of the published checkpoints. Axes: B samples, T tokens, D hidden size, M scored positions, V vocabulary.
/// </remarks>
internal sealed class MaskedLmHead : Head
{
    private readonly Func<Tensor> table;
    private readonly MaskedLmTransform transform;
    private readonly TokenScores? decoder;
    private readonly Parameter? bias;

    public MaskedLmHead(MaskedLmHeadOptions options, BuildContext context) : base("masked-lm-head")
    {
        var backbone = context.Backbone;
        var vocabulary = context.Tokenizer.Vocabulary.Count;
        transform = new MaskedLmTransform(backbone.Shape.HiddenSize, options.LayerNormEpsilon);
        var isTied = options.Tied ?? backbone.TokenEmbedding is not null;
        if (!options.BiasInDecoder) bias = new Parameter(zeros(vocabulary));
        if (options.BiasInDecoder || !isTied)
            decoder = new TokenScores(isTied ? 0 : backbone.Shape.HiddenSize, vocabulary, options.BiasInDecoder);
        RegisterComponents();
        if (isTied && backbone.TokenEmbedding is null)
            throw new UsageException("This architecture has no token embedding to tie the masked-lm head to; set 'tied: false'.");
        IsFilled = HeadWeights.Read(this, options.StartFrom, context);
        // Asked for at every pass: moving a module to a device replaces its parameters.
        table = isTied ? () => backbone.TokenEmbedding! : () => decoder!.Table!;
    }

    public override IReadOnlyList<StreamKey> Reads => [StreamKey.Hidden];

    public override string Predicts => "M V";

    public override string StatePrefix => "cls.predictions";

    public override bool IsGeneral => true;

    public override bool IsFilled { get; }

    public override Tensor Forward(BackboneOutput output, Batch batch)
    {
        using var scope = NewDisposeScope();
        var hidden_BTD = output[StreamKey.Hidden];
        var asked = batch.TryGet(Keys.Positions, out var positions_M)
            ? hidden_BTD.flatten(0, 1).index_select(0, positions_M)
            : hidden_BTD;
        return functional.linear(transform.forward(asked), table(), bias ?? decoder!.Bias).MoveToOuterDisposeScope();
    }
}
