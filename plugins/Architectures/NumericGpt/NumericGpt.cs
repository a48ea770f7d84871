using PluginHost.Checkpoints;

namespace PluginHost.Plugins.NumericGpt;

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// DNAGPT's backbone (Zhang et al. 2023, 2.1): a GPT-2 style pre-LN causal decoder without biases over token and number
/// embeddings. Parameter names are those of the published checkpoints.
/// </summary>
/// <remarks>
/// Numbers are read where the tokenizer writes <see cref="Keys.Numbers"/>; other tokenizers do as well. Batches are padded on
/// the right, as <see cref="Collation.Pad"/> does: then no real token comes after padding, and causality alone keeps attention off it.
/// </remarks>
internal sealed class NumericGpt : Backbone, IIncremental, IExportable
{
    private readonly NumericGptOptions options;
    private readonly int vocabulary;
    private readonly Transformer transformer;
    private readonly NumberEmbedding number_embedding;

    public NumericGpt(NumericGptOptions options, int vocabulary) : base("numeric-gpt")
    {
        if (options.Width % options.AttentionHeads != 0)
            throw new UsageException(
                $"A width of {options.Width} cannot be split into {options.AttentionHeads} attention heads; make it a multiple.");
        this.options = options;
        this.vocabulary = vocabulary;
        transformer = new Transformer(options, vocabulary);
        number_embedding = new NumberEmbedding(options);
        RegisterComponents();
    }

    public override IReadOnlyList<BatchKey> Reads { get; } = [Keys.InputIds, Keys.AttentionMask];

    /// <summary>The hidden state of each token, and that of each sequence's last one.</summary>
    public override IReadOnlyList<StreamKey> Streams { get; } = [StreamKey.Hidden, StreamKey.Pooled];

    public override BackboneShape Shape => new(options.Width, options.MaxPositions)
    {
        Causal = true,
        // Half of all, roughly: queries in blocks compute no score beyond their block.
        AttendedTokens = length => Math.Min(length, (length + CausalAttention.Block) / 2),
    };

    public override IReadOnlyList<Module> Layers => [.. transformer.Decoders];

    public override Parameter TokenEmbedding => transformer.Tokens;

    public override bool TakesEmbeddings => true;

    public override string StatePrefix => "";

    public BatchKey Grows => Keys.InputIds;

    public StreamKey Generates => StreamKey.Hidden;

    public int? MaxGrown => options.MaxPositions;

    public override IReadOnlyDictionary<string, object> Configuration => new Dictionary<string, object>
    {
        ["model_type"] = "numeric-gpt",
        ["vocab_size"] = vocabulary,
        ["n_layer"] = options.Layers,
        ["n_head"] = options.AttentionHeads,
        ["n_embd"] = options.Width,
        ["n_positions"] = options.MaxPositions,
        ["activation_function"] = "gelu_new",
        ["layer_norm_epsilon"] = options.LayerNormEpsilon,
        ["tie_word_embeddings"] = false,
    };

    public override ComponentSpec? AnsweringHead(HeadRole role, Question asked) => AnsweringHeads.For(role, asked);

    /// <exception cref="DataException">DNAGPT's code has no such tokens, head or layer norm.</exception>
    public ExportedModel Export(ExportedParts parts)
    {
        DnagptLayout.CheckExport(options, parts);
        return new()
        {
            Configuration = Configuration, Layout = "dnagpt",
            Notes =
            [
                "Hugging Face Transformers has no class for this model; the weights have the names of DNAGPT's release, whose code loads "
                    + "them.",
                .. parts.Card.OutputNote.Length > 0 ? (string[])[parts.Card.OutputNote] : [],
            ],
        };
    }

    public override BackboneOutput Forward(Batch batch, Capture capture)
    {
        var length = batch.Axis("T");
        if (length > options.MaxPositions)
            throw new PluginException($"A batch of {length} tokens was given to numeric-gpt, which has {options.MaxPositions} positions.");
        var kept = capture.KeepsHiddenStates ? new List<Tensor>() : null;
        var tap = AttentionTap.Of(capture);
        using var tokens_BTD = Embed(batch);
        var hidden_BTD = transformer.Place(tokens_BTD);
        // On a GPU the fused kernel is told that it is causal and skips what it need not compute.
        // libtorch's kernel needs no mask; on a processor it drops nothing.
        var fused = tap is null && (hidden_BTD.device_type == TorchSharp.DeviceType.CUDA || !(training && options.Dropout > 0));
        using var mask_TT = fused ? null : CausalMask.Square(length, hidden_BTD.device);
        hidden_BTD = Through(hidden_BTD, (layer, i, input_BTD) => layer.Forward(input_BTD, mask_TT, tap?.Layer(AttentionStacks.Tokens, i)),
            kept);
        var last_BTD = transformer.Finish(hidden_BTD);
        hidden_BTD.Dispose();
        if (kept is not null) kept[^1] = last_BTD;
        return new BackboneOutput { HiddenStates = kept ?? [], Attentions = tap?.Take() ?? [] }
            .Set(StreamKey.Hidden, last_BTD)
            .Set(StreamKey.Pooled, () => Last(last_BTD, batch[Keys.AttentionMask]));
    }

    public DecodingState Start(Batch batch)
    {
        var ids_BT = batch[Keys.InputIds];
        return new GptState(ids_BT.shape[0], options.Layers, ids_BT.device);
    }

    public BackboneOutput Continue(Batch next, DecodingState state)
    {
        if (state is not GptState own || own.Caches.Count != options.Layers)
            throw new PluginException("numeric-gpt was given a decoding state that it did not start.");
        var ids_BT = next[Keys.InputIds];
        if (ids_BT.shape[0] != own.Rows)
            throw new PluginException($"numeric-gpt was given {ids_BT.shape[0]} rows to go on with, but the state has {own.Rows}.");
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var past = own.Length;
        var padded = next.Tokens == 0 || next.RealTokens != next.Tokens;
        var real = next.TryGet(Keys.AttentionMask, out var mask_BT) && padded ? mask_BT : null;
        var (places_BT, real_BS) = own.Advance(real, ids_BT.shape[1], options.MaxPositions);
        var mask = CausalMask.After(past, ids_BT.shape[1], real_BS, ids_BT.device);
        var hidden_BTD = transformer.Place(Embed(next), places_BT);
        hidden_BTD = Through(hidden_BTD, (layer, i, input_BTD) => layer.Continue(input_BTD, own.Caches[i], mask), null);
        var last_BTD = transformer.Finish(hidden_BTD).MoveToOuterDisposeScope();
        return new BackboneOutput()
            .Set(StreamKey.Hidden, last_BTD)
            .Set(StreamKey.Pooled, () => mask_BT is null ? last_BTD.select(1, -1) : Last(last_BTD, mask_BT));
    }

    private Tensor Through(Tensor hidden_BTD, Func<DecoderLayer, int, Tensor, Tensor> step, List<Tensor>? kept)
    {
        kept?.Add(hidden_BTD);
        foreach (var (i, layer) in transformer.Decoders.Index())
        {
            var next_BTD = step(layer, i, hidden_BTD);
            if (kept is null) hidden_BTD.Dispose();
            kept?.Add(next_BTD);
            hidden_BTD = next_BTD;
        }
        return hidden_BTD;
    }

    private Tensor Embed(Batch batch)
    {
        var tokens_BTD = batch.TryGet(Keys.InputEmbeddings, out var embeddings_BTD)
            ? embeddings_BTD.alias() : transformer.Embed(batch[Keys.InputIds]);
        if (!batch.TryGet(Keys.Numbers, out var numbers_BT) || !batch.TryGet(Keys.NumberMask, out var mask_BT)) return tokens_BTD;
        using (tokens_BTD) return number_embedding.Place(tokens_BTD, numbers_BT, mask_BT);
    }

    private static Tensor Last(Tensor hidden_BTD, Tensor mask_BT)
    {
        using var scope = NewDisposeScope();
        var index_B = (mask_BT.sum(1) - 1).clamp_min(0);
        var rows_B = arange(hidden_BTD.shape[0], device: hidden_BTD.device);
        var flat = rows_B * hidden_BTD.shape[1] + index_B;
        return hidden_BTD.flatten(0, 1).index_select(0, flat).MoveToOuterDisposeScope();
    }
}
