using PluginHost.Checkpoints;
using PluginHost.Libs.Blocks.Attention;
using PluginHost.Libs.Blocks.Positions;

namespace PluginHost.Plugins.BertEncoder;

using PluginHost.Libs.Blocks;
using PluginHost.Libs.Blocks.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// BERT's encoder (Devlin et al. 2019): post-LN layers and exact GELU, and by options what DNABERT-2 and Genomics-FM made of it: ALiBi,
/// a gated feed-forward block, packed projections and unpadded computation. With <see cref="StatePrefix"/> its parameter names are
/// those of the published checkpoints of DNABERT, DNABERT-2 and Genomics-FM.
/// </summary>
internal sealed class BertEncoder : Backbone, IExportable
{
    private readonly BertEncoderOptions options;
    private readonly int vocabulary;
    private readonly Embeddings embeddings;
    private readonly LayerStack encoder;
    private readonly BertPooler? pooler;

    public BertEncoder(BertEncoderOptions options, BuildContext context) : base("bert-encoder")
    {
        this.options = options;
        vocabulary = context.Tokenizer.Vocabulary.Count;
        var shape = options.Shape();
        embeddings = new Embeddings(vocabulary, options.TableRows(), options.TypeVocabulary, shape);
        encoder = new LayerStack(options.Layers, shape);
        if (options.Pooler) pooler = new BertPooler(options.Width);
        RegisterComponents();
        InitialWeights.Start(this, embeddings, options);
        Notes = StartingWeights.Read(this, StatePrefix, options.StartFrom, context);
    }

    public override IReadOnlyList<BatchKey> Reads { get; } = [Keys.InputIds, Keys.AttentionMask];

    public override IReadOnlyList<StreamKey> Streams => pooler is null ? [StreamKey.Hidden] : [StreamKey.Hidden, StreamKey.Pooled];

    public override BackboneShape Shape => new(options.Width, options.LongestSequence());

    public override IReadOnlyList<Module> Layers => [.. encoder.Layers];

    public override Parameter TokenEmbedding => embeddings.Tokens;

    public override bool TakesEmbeddings => true;

    public override string StatePrefix => "bert";

    public override IReadOnlyList<string> Notes { get; }

    public override IReadOnlyDictionary<string, object> Configuration => BertConfiguration.Of(options, vocabulary);

    public ExportedModel Export(ExportedParts parts)
    {
        BertExport.CheckAlibi(options);
        var isPlain = options is { Positions: PositionKind.Learned, PackedQkv: false, Gated: false };
        if (!isPlain && options is not { PackedQkv: true, Gated: true })
            throw new DataException("No published layout holds this model: layers are plain in DNABERT's, and packed and gated in those of "
                + "DNABERT-2 and Genomics-FM, whose positions are ALiBi's. Train with the options of one of them.");
        return BertExport.Describe(Configuration, parts, isPlain,
            isPlain ? "dnabert" : options.Positions == PositionKind.Alibi ? "dnabert2" : "genomics-fm",
            ownTokenizer: !isPlain && parts.TokenizerFiles.Contains("vocab.txt"));
    }

    public override BackboneOutput Forward(Batch batch, Capture capture)
    {
        var length = batch.Axis("T");
        if (length > Shape.MaxTokens)
            throw new PluginException($"A batch of {length} tokens was given to bert-encoder, which has {Shape.MaxTokens} positions.");
        var usesAlibi = options.Positions.UsesAlibi(training);
        var layout = TokenLayout.Of(batch, usesAlibi ? Alibi.Bias(options.Alibi(), length, batch[Keys.InputIds].device) : null,
            options.Unpadded);
        var kept = capture.KeepsHiddenStates ? new List<Tensor>() : null;
        var tap = AttentionTap.Of(capture);
        var embedded_BTD = embeddings.Forward(batch[Keys.InputIds], addPositions: !usesAlibi,
            batch.TryGet(Keys.TokenTypes, out var types_BT) ? types_BT : null,
            batch.TryGet(Keys.InputEmbeddings, out var embeddings_BTD) ? embeddings_BTD : null);
        if (pooler is not null && capture.IsPooledAlone && kept is null && tap is null) return Pool(embedded_BTD, layout);
        var hidden_BTD = encoder.Forward(embedded_BTD, layout, kept, tap);
        layout.Dispose();
        var output = new BackboneOutput { HiddenStates = kept ?? [], Attentions = tap?.Take() ?? [] }.Set(StreamKey.Hidden, hidden_BTD);
        return pooler is null ? output : output.Set(StreamKey.Pooled, () => pooler.forward(hidden_BTD));
    }

    /// <summary>Of the pooled stream, [CLS] is all that the last layer need be computed for.</summary>
    private BackboneOutput Pool(Tensor embedded_BTD, TokenLayout layout)
    {
        using (layout)
        {
            using var lower = encoder.Lower(embedded_BTD, layout);
            using var first_BD = encoder.First(lower, layout);
            return new BackboneOutput().Set(StreamKey.Pooled, pooler!.OfFirst(first_BD));
        }
    }
}
