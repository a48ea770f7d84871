using PluginHost.Checkpoints;
using PluginHost.Libs.Blocks.Attention;
using PluginHost.Libs.Blocks.Positions;

namespace PluginHost.Plugins.GGramEncoder;

using PluginHost.Libs.Blocks;
using PluginHost.Libs.Blocks.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// DNAZEN's two encoders (its paper's sections 2.2 and 2.3): a transformer without positions over the G-grams found in a sequence, and a
/// token encoder as DNABERT-2's, to whose layers its outputs are added through the match matrix. With <see cref="StatePrefix"/> its
/// parameter names are those of the published checkpoints.
/// </summary>
/// <remarks>Axes: B samples, T tokens, G G-grams, D hidden size.</remarks>
internal sealed class GGramEncoder : Backbone, IExportable
{
    /// <summary>Names of the parts that a checkpoint of a token encoder lacks.</summary>
    private static readonly string[] gGramParts = ["ngram_embeddings.", "encoder.ngram_layers.", "encoder.ngram_layer."];

    private readonly GGramEncoderOptions options;
    private readonly int vocabulary;
    private readonly int gGramVocabulary;
    private readonly Embeddings embeddings;
    private readonly Embeddings? ngram_embeddings;
    private readonly FusedStack encoder;
    private readonly BertPooler? pooler;

    public GGramEncoder(GGramEncoderOptions options, BuildContext context) : base("ggram-encoder")
    {
        this.options = options;
        vocabulary = context.Tokenizer.Vocabulary.Count;
        gGramVocabulary = Rows(options, context.Tokenizer);
        var shape = options.Shape();
        embeddings = new Embeddings(vocabulary, options.TableRows(), options.TypeVocabulary, shape);
        if (options.GGramLayers > 0) ngram_embeddings =
            new Embeddings(gGramVocabulary, 0, options.TypeVocabulary, shape, "ngram_embeddings");
        encoder = new FusedStack(options);
        if (options.Pooler) pooler = new BertPooler(options.Width);
        RegisterComponents();
        InitialWeights.Start(this, embeddings, options);
        Notes = StartingWeights.Read(this, StatePrefix, options.StartFrom, context, gGramParts);
    }

    public override IReadOnlyList<BatchKey> Reads => options.GGramLayers == 0
        ? [Keys.InputIds, Keys.AttentionMask]
        : [Keys.InputIds, Keys.AttentionMask, GGramColumns.Ids, GGramColumns.Mask, GGramColumns.Match];

    public override IReadOnlyList<StreamKey> Streams => pooler is null ? [StreamKey.Hidden] : [StreamKey.Hidden, StreamKey.Pooled];

    public override BackboneShape Shape => new(options.Width, options.LongestSequence());

    /// <summary>A token layer with the G-gram layer that is added into it.</summary>
    public override IReadOnlyList<Module> Layers => encoder.Pairs;

    public override Parameter TokenEmbedding => embeddings.Tokens;

    public override bool TakesEmbeddings => true;

    public override string StatePrefix => "bert";

    public override IReadOnlyList<string> Notes { get; }

    public override IReadOnlyDictionary<string, object> Configuration
    {
        get
        {
            var configuration = BertConfiguration.Of(options, vocabulary);
            configuration["num_hidden_ngram_layers"] = options.GGramLayers;
            configuration["ngram_vocab_size"] = gGramVocabulary;
            return configuration;
        }
    }

    public ExportedModel Export(ExportedParts parts)
    {
        BertExport.CheckAlibi(options);
        var isEarlier = options.GGramBlock == GGramBlock.Gated;
        if (options is not { Positions: PositionKind.Alibi, PackedQkv: true, Gated: true, GGramLayers: > 0 }
            || options.AddAgainAtEnd != isEarlier)
            throw new DataException("No published layout holds this model: DNAZEN's has ALiBi, packed and gated token layers, and G-gram "
                + "layers that are plain, or gated with 'addAgainAtEnd'. Train with those options.");
        return BertExport.Describe(Configuration, parts, isPlain: false, "dnazen");
    }

    public override BackboneOutput Forward(Batch batch, Capture capture)
    {
        var length = batch.Axis("T");
        if (length > Shape.MaxTokens)
            throw new PluginException($"A batch of {length} tokens was given to ggram-encoder, which has {Shape.MaxTokens} positions.");
        var usesAlibi = options.Positions.UsesAlibi(training);
        using var layout = TokenLayout.Of(batch, usesAlibi ? Alibi.Bias(options.Alibi(), length, batch[Keys.InputIds].device) : null,
            options.Unpadded);
        using var gGrams = ngram_embeddings is null ? null : GGrams.Of(batch, ngram_embeddings, gGramVocabulary, options.Unpadded);
        var kept = capture.KeepsHiddenStates ? new List<Tensor>() : null;
        var tap = AttentionTap.Of(capture);
        var hidden_BTD =
            encoder.Forward(embeddings.Forward(batch[Keys.InputIds], addPositions: !usesAlibi,
                batch.TryGet(Keys.TokenTypes, out var types_BT) ? types_BT : null,
                batch.TryGet(Keys.InputEmbeddings, out var embeddings_BTD) ? embeddings_BTD : null), layout, gGrams, kept, tap);
        var output = new BackboneOutput { HiddenStates = kept ?? [], Attentions = tap?.Take() ?? [] }.Set(StreamKey.Hidden, hidden_BTD);
        return pooler is null ? output : output.Set(StreamKey.Pooled, () => pooler.forward(hidden_BTD));
    }

    private static int Rows(GGramEncoderOptions options, ITokenizer tokenizer)
    {
        if (options.GGramLayers == 0) return 0;
        if (!tokenizer.Writes.Contains(GGramColumns.Ids))
            throw new UsageException("ggram-encoder needs a tokenizer that finds G-grams (it writes 'ggram_ids'), such as 'ggram' around "
                + "any other; or set 'gGramLayers: 0'.");
        var written = tokenizer.IdCount(GGramColumns.Ids);
        if (options.GGramVocabulary == 0)
            return written
                ?? throw new UsageException(
                "The tokenizer does not say how many G-grams it knows; give 'gGramVocabulary', the largest G-gram id and one.");
        if (written > options.GGramVocabulary)
            throw new UsageException($"'gGramVocabulary' is {options.GGramVocabulary}, but the tokenizer has {written} G-gram ids; make it "
                + "at least that, or leave it out.");
        return options.GGramVocabulary;
    }
}
