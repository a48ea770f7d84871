namespace PluginHost.Plugins.SpanCorruption;

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// Scores of every token at every decoder position: a matrix of its own, as T5 1.1 and ByT5, or the token embedding after
/// division by the root of the hidden size, as the first T5. Without bias. A batch that names <see cref="Keys.Positions"/>, as in
/// generation, gets the scores "M V" of those decoder positions alone.
/// </summary>
/// <remarks>Axes: B samples, U decoder tokens, D hidden size, V vocabulary.</remarks>
internal sealed class DecoderHead : Head
{
    private readonly Parameter? weight;
    private readonly Backbone backbone;

    public DecoderHead(DecoderHeadOptions options, BuildContext context) : base("decoder-head")
    {
        backbone = context.Backbone;
        var width = backbone.Shape.HiddenSize;
        if (options.Tied)
        {
            if (backbone.TokenEmbedding is null)
                throw new UsageException("This architecture has no token embedding to tie the decoder-head to; set 'tied: false'.");
        }
        else
        {
            weight = new Parameter(empty(context.Tokenizer.Vocabulary.Count, width));
            init.normal_(weight, 0, 1 / Math.Sqrt(width));
        }
        // The backbone is not part of the head: it must not be registered.
        if (weight is not null) register_parameter(nameof(weight), weight);
    }

    public override IReadOnlyList<StreamKey> Reads { get; } = [StreamKey.Decoder];

    public override IReadOnlyList<BatchKey> ReadsColumns { get; } = [Keys.DecoderIds];

    public override string Predicts => "B U V";

    public override string StatePrefix => "lm_head";

    public override bool IsGeneral => true;

    public override Tensor Forward(BackboneOutput output, Batch batch)
    {
        var hidden_BUD = output[StreamKey.Decoder];
        if (batch.TryGet(Keys.Positions, out var positions_M)) hidden_BUD = hidden_BUD.flatten(0, 1).index_select(0, positions_M);
        if (weight is not null) return functional.linear(hidden_BUD, weight);
        using var scaled_BUD = hidden_BUD * (1 / Math.Sqrt(backbone.Shape.HiddenSize));
        return functional.linear(scaled_BUD, backbone.TokenEmbedding!);
    }
}
