using PluginHost.Libs.Blocks.Attention;
using PluginHost.Libs.Blocks.Positions;

namespace PluginHost.Plugins.ConvEncoder;

using PluginHost.Libs.Blocks;
using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// Convolutions see each token's neighbours; a linear layer takes every S tokens together as a place; attention layers look from place to
/// place; another linear layer hands what they made back to the place's tokens, where it is added to what the convolutions saw.
/// </summary>
/// <remarks>Axes: B samples, T tokens, P places of S tokens, E width of embeddings, D hidden size.</remarks>
internal sealed class ConvEncoder : Backbone
{
    private readonly ConvEncoderOptions options;
    private readonly int vocabulary;
    private readonly AlibiShape alibi;
    private readonly Embedding tokens;
    private readonly Stem stem;
    private readonly Linear gather;
    private readonly ModuleList<EncoderLayer> layer;
    private readonly Linear spread;
    private readonly LayerNorm norm;

    public ConvEncoder(ConvEncoderOptions options, int vocabulary) : base("conv-encoder")
    {
        this.options = options;
        this.vocabulary = vocabulary;
        var width = options.Width;
        alibi = new AlibiShape(options.AttentionHeads, AlibiView.Directed, options.AlibiSteepestSlope);
        var embedding = options.EmbeddingWidth == 0 ? width : options.EmbeddingWidth;
        var inner = options.FeedForward == 0 ? 2 * width : options.FeedForward;
        tokens = Libs.Blocks.Layers.Table(vocabulary, embedding);
        stem = new Stem(options, embedding);
        gather = Linear(options.Stride * width, width);
        var shape = new EncoderShape(width, options.AttentionHeads, inner, options.Dropout, 0, 1e-6) { Packed = true };
        layer = ModuleList([.. Enumerable.Range(0, options.Layers).Select(_ => new EncoderLayer(shape))]);
        spread = Linear(width, options.Stride * width);
        norm = LayerNorm([width]);
        RegisterComponents();
        // Attention that starts near uniform stays there for long in small models.
        InitialWeights.Rescale(layer, 1 / Math.Sqrt(width));
        InitialWeights.Rescale(tokens, 1 / Math.Sqrt(embedding));
    }

    public override IReadOnlyList<BatchKey> Reads { get; } = [Keys.InputIds, Keys.AttentionMask];

    public override IReadOnlyList<StreamKey> Streams { get; } = [StreamKey.Hidden, StreamKey.Pooled];

    /// <summary>Attention goes from place to place, not from token to token: there are no shares of tokens to show.</summary>
    public override BackboneShape Shape => new(options.Width, options.MaxTokens) { AttendedTokens = _ => 0 };

    public override IReadOnlyList<Module> Layers => layer.Count > 0 ? [.. layer] : [stem];

    public override Parameter? TokenEmbedding => tokens.weight!.shape[1] == options.Width ? tokens.weight : null;

    public override bool TakesEmbeddings => TokenEmbedding is not null;

    public override string StatePrefix => "conv_encoder";

    public override IReadOnlyDictionary<string, object> Configuration => new Dictionary<string, object>
    {
        ["model_type"] = "conv-encoder",
        ["vocab_size"] = vocabulary,
        ["hidden_size"] = options.Width,
        ["embedding_size"] = tokens.weight!.shape[1],
        ["num_hidden_layers"] = options.Layers,
        ["num_attention_heads"] = options.AttentionHeads,
        ["conv_kernel"] = options.StemKernel,
        ["num_conv_layers"] = options.ConvLayers,
        ["stride"] = options.Stride,
    };

    public override BackboneOutput Forward(Batch batch, Capture capture)
    {
        var length = batch.Axis("T");
        if (length > options.MaxTokens)
            throw new PluginException(
                $"A batch of {length} tokens was given to conv-encoder, which takes {options.MaxTokens} (maxTokens).");
        var mask_BT = batch[Keys.AttentionMask];
        var real_BT1 = mask_BT.unsqueeze(2);
        var embedded_BTE = batch.TryGet(Keys.InputEmbeddings, out var given_BTE) ? given_BTE : tokens.call(batch[Keys.InputIds]);
        var local_BTD = stem.Forward(embedded_BTE * real_BT1, real_BT1);
        local_BTD = Extras.dropout(local_BTD, options.Dropout, training);
        List<Tensor> kept = capture.KeepsHiddenStates ? [local_BTD] : [];
        if (layer.Count == 0) return Output(local_BTD, kept, real_BT1);

        var place_BPD = gather.call(Gathered(local_BTD * real_BT1));
        using var layout = LayoutOf(mask_BT);
        foreach (var one in layer)
        {
            place_BPD = one.Forward(place_BPD, layout, null);
            if (capture.KeepsHiddenStates) kept.Add(Spread(place_BPD, local_BTD));
        }
        return Output(kept.Count > 0 ? kept[^1] : Spread(place_BPD, local_BTD), kept, real_BT1);
    }

    private static BackboneOutput Output(Tensor hidden_BTD, List<Tensor> kept, Tensor real_BT1) =>
        new BackboneOutput { HiddenStates = kept }.Set(StreamKey.Hidden, hidden_BTD).Set(StreamKey.Pooled, () =>
        {
            using var scope = NewDisposeScope();
            var weight_BT1 = real_BT1.to_type(hidden_BTD.dtype);
            return ((hidden_BTD * weight_BT1).sum([1L]) / weight_BT1.sum([1L]).clamp_min(1)).MoveToOuterDisposeScope();
        });

    /// <summary>What a place knows, handed to each of its tokens in its own way, and what the token saw itself: "B T D".</summary>
    private Tensor Spread(Tensor place_BPD, Tensor local_BTD)
    {
        using var scope = NewDisposeScope();
        var length = local_BTD.shape[1];
        var handed_BTD = spread.call(place_BPD).reshape(local_BTD.shape[0], -1, options.Width).narrow(1, 0, length);
        return Libs.Blocks.Layers.Normalize(norm, handed_BTD + local_BTD).MoveToOuterDisposeScope();
    }

    private TokenLayout LayoutOf(Tensor mask_BT)
    {
        var missing = Missing(mask_BT.shape[1]);
        using var whole_BT = missing == 0 ? mask_BT.alias() : functional.pad(mask_BT, [0, missing]);
        using var places_BPS = whole_BT.reshape(mask_BT.shape[0], -1, options.Stride);
        using var mask_BP = places_BPS.any(2);
        return TokenLayout.Of(mask_BP, unpadded: false, Alibi.Bias(alibi, mask_BP.shape[1], mask_BP.device));
    }

    private long Missing(long length) => (options.Stride - length % options.Stride) % options.Stride;

    /// <summary>"B T X" to "B P S*X", with zeros after the last token.</summary>
    private Tensor Gathered(Tensor values_BTX)
    {
        var missing = Missing(values_BTX.shape[1]);
        var whole = missing == 0 ? values_BTX : functional.pad(values_BTX, [0, 0, 0, missing]);
        return whole.reshape(whole.shape[0], whole.shape[1] / options.Stride, options.Stride * whole.shape[2]);
    }
}
