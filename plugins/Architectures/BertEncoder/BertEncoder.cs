namespace PluginHost.Plugins.BertEncoder;

using PluginHost.Plugins.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// BERT's encoder (Devlin et al. 2019): learned positions, post-LN layers, exact GELU. With <see cref="StatePrefix"/> its
/// parameter names are those of published BERT and DNABERT checkpoints.
/// </summary>
internal sealed class BertEncoder : Backbone
{
    private readonly BertEncoderOptions options;
    private readonly int vocabulary;
    private readonly Embeddings embeddings;
    private readonly LayerStack encoder;
    private readonly BertPooler pooler;

    public BertEncoder(BertEncoderOptions options, int vocabulary) : base("bert-encoder")
    {
        this.options = options;
        this.vocabulary = vocabulary;
        var shape = new EncoderShape(options.Width, options.AttentionHeads, Inner(options), options.Dropout, options.AttentionDropout, options.LayerNormEpsilon);
        embeddings = new Embeddings(vocabulary, options.MaxPositions, options.TypeVocabulary, shape);
        encoder = new LayerStack(options.Layers, shape);
        pooler = new BertPooler(options.Width);
        RegisterComponents();
        if (options.InitializerRange != Blocks.Layers.InitializerRange) InitialWeights.Rescale(this, options.InitializerRange);
        if (options.PositionStart == PositionStart.Sinusoidal)
            InitialWeights.Sinusoids(embeddings.Positions, options.PositionWavelength, options.InitializerRange);
    }

    public override IReadOnlyList<BatchKey> Reads { get; } = [Keys.InputIds, Keys.AttentionMask];

    public override IReadOnlyList<StreamKey> Streams { get; } = [StreamKey.Hidden, StreamKey.Pooled];

    public override int HiddenSize => options.Width;

    public override int? MaxTokens => options.MaxPositions;

    public override IReadOnlyList<Module> Layers => [.. encoder.Layers];

    public override Parameter TokenEmbedding => embeddings.Tokens;

    public override string StatePrefix => "bert";

    public override IReadOnlyDictionary<string, object> Configuration => new Dictionary<string, object>
    {
        ["model_type"] = "bert",
        ["architectures"] = new[] { "BertForMaskedLM" },
        ["vocab_size"] = vocabulary,
        ["hidden_size"] = options.Width,
        ["num_hidden_layers"] = options.Layers,
        ["num_attention_heads"] = options.AttentionHeads,
        ["intermediate_size"] = Inner(options),
        ["hidden_act"] = "gelu",
        ["hidden_dropout_prob"] = options.Dropout,
        ["attention_probs_dropout_prob"] = options.AttentionDropout,
        ["max_position_embeddings"] = options.MaxPositions,
        ["type_vocab_size"] = options.TypeVocabulary,
        ["initializer_range"] = options.InitializerRange,
        ["layer_norm_eps"] = options.LayerNormEpsilon,
    };

    public override BackboneOutput Forward(Batch batch, Capture capture)
    {
        var length = batch.Axis("T");
        if (length > options.MaxPositions)
            throw new PluginException($"A batch of {length} tokens was given to bert-encoder, which has {options.MaxPositions} positions.");
        using var mask_B11T = AttentionMask.Additive(batch);
        var kept = capture.HasFlag(Capture.HiddenStates) ? new List<Tensor>() : null;
        var attentions = capture.HasFlag(Capture.Attentions) ? new List<Tensor>() : null;
        var hidden_BTD = encoder.Forward(embeddings.Forward(batch[Keys.InputIds]), mask_B11T, kept, attentions);
        return new BackboneOutput { HiddenStates = kept ?? [], Attentions = attentions ?? [] }
            .Set(StreamKey.Hidden, hidden_BTD)
            .Set(StreamKey.Pooled, () => pooler.forward(hidden_BTD));
    }

    private static int Inner(BertEncoderOptions options) => options.FeedForward == 0 ? 4 * options.Width : options.FeedForward;
}
