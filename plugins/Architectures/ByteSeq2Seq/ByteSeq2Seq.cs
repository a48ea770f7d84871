using PluginHost.Plugins.ByteSeq2Seq.Attention;
using PluginHost.Plugins.ByteSeq2Seq.Decoding;

namespace PluginHost.Plugins.ByteSeq2Seq;

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// ENBED's encoder-decoder (Malusare et al. 2024): T5 1.1 (pre-norm RMS, gated GELU, relative position buckets, no biases) whose
/// self-attention sees a window and the global tokens of blocks. Without encoder layers it is the paper's decoder-only comparison:
/// input and target are one causal sequence.
/// </summary>
/// <remarks>
/// The decoder runs when its stream is first read, on <see cref="Keys.DecoderIds"/>; heads that read the stream name that
/// column. Encoder tasks (classification) need no target. Hidden states are the encoder's "B T D", followed, where the batch has a
/// target, by the decoder layers' "B U D". Axes: B samples, T input tokens, U target tokens, D hidden size.
/// </remarks>
internal sealed class ByteSeq2Seq : Backbone, IIncremental
{
    private readonly ByteSeq2SeqOptions options;
    private readonly Vocabulary vocabulary;
    private readonly Embedding shared;
    private readonly Stack? encoder;
    private readonly Stack decoder;

    public ByteSeq2Seq(ByteSeq2SeqOptions options, Vocabulary vocabulary) : base("byte-seq2seq")
    {
        this.options = options;
        this.vocabulary = vocabulary;
        var shape = Seq2SeqShape.Of(options);
        int Radius(int layer) => options.Attention == AttentionKind.Dense ? int.MaxValue
            : options.Radius[Math.Min(layer, options.Radius.Length - 1)];
        shared = Weights.Table(vocabulary.Count, options.Width, 1);
        encoder = options.EncoderLayers > 0 ? new Stack("encoder", shape, options.EncoderLayers, crosses: false, Radius) : null;
        decoder = new Stack("decoder", shape, options.DecoderLayers, crosses: encoder is not null, Radius);
        RegisterComponents();
        if (options.RelativeStart == RelativeStart.Neighbours)
        {
            encoder?.Positions.StartAtNeighbours(shape, causal: false);
            decoder.Positions.StartAtNeighbours(shape, causal: true);
            decoder.CrossPositions?.StartAlongside(shape);
        }
    }

    public override IReadOnlyList<BatchKey> Reads { get; } = [Keys.InputIds, Keys.AttentionMask];

    public override IReadOnlyList<StreamKey> Streams { get; } = [StreamKey.Hidden, StreamKey.Decoder];

    public override BackboneShape Shape =>
        new(options.Width, options.MaxTokens) { Causal = encoder is null, AttendedTokens = AttendedTokens };

    public override IReadOnlyList<Module> Layers => [.. encoder?.Blocks ?? [], .. decoder.Blocks];

    public override Parameter TokenEmbedding => shared.weight!;

    /// <summary>Without an encoder input and target are one sequence, which only ids are put together for.</summary>
    public override bool TakesEmbeddings => encoder is not null;

    public override string StatePrefix => "transformer";

    public override IReadOnlyDictionary<string, object> Configuration => new Dictionary<string, object>
    {
        ["model_type"] = "byte-seq2seq",
        ["vocab_size"] = vocabulary.Count,
        ["d_model"] = options.Width,
        ["d_kv"] = options.HeadWidth,
        ["d_ff"] = options.FeedForward,
        ["num_layers"] = options.EncoderLayers,
        ["num_decoder_layers"] = options.DecoderLayers,
        ["num_heads"] = options.AttentionHeads,
        ["relative_attention_num_buckets"] = options.RelativeBuckets,
        ["relative_attention_max_distance"] = options.RelativeDistance,
        ["cross_relative_attention"] = options.CrossPlaces == CrossPlaces.Relative,
        ["local_radius"] = options.Attention == AttentionKind.Dense ? Array.Empty<int>() : options.Radius,
        ["global_blocks"] = options.GlobalBlocks,
        ["feed_forward_proj"] = options.FeedForwardKind == FeedForwardKind.Relu ? "relu" : "gated-gelu",
        ["dropout_rate"] = options.Dropout,
        ["layer_norm_epsilon"] = options.NormEpsilon,
        ["pad_token_id"] = vocabulary.Pad ?? 0,
        ["decoder_start_token_id"] = vocabulary.Pad ?? 0,
        ["is_encoder_decoder"] = encoder is not null,
    };

    public override BackboneOutput Forward(Batch batch, Capture capture)
    {
        var kept = capture.KeepsHiddenStates ? new List<Tensor>() : null;
        var tap = AttentionTap.Of(capture);
        Func<int, Action<Tensor>?>? On(string stack) => tap is null ? null : layer => tap.Layer(stack, layer);
        var hasTarget = batch.TryGet(Keys.DecoderIds, out var target_BU);
        CheckLengths(batch, target_BU);
        if (encoder is null) return DecoderOnly(batch, target_BU, kept, tap);

        var mask_BT = Masks.OfInput(batch);
        var blocks = options.GlobalBlocks == 0 ? null
            : GlobalBlocks.OfInput(mask_BT, (int)batch.Axis("T"), options.GlobalBlocks, batch[Keys.InputIds].device);
        var hidden_BTD = encoder.Forward(Embed(batch), mask_BT, causal: false, blocks, null, kept,
            On(AttentionStacks.Tokens));
        var output = new BackboneOutput { HiddenStates = kept ?? [], Attentions = tap?.Take() ?? [] };
        Tensor Decode(List<Tensor>? states) => decoder.Forward(
            shared.forward(batch[Keys.DecoderIds]), null, causal: true, TargetBlocks(batch[Keys.DecoderIds]), new(hidden_BTD, mask_BT),
                states, On(AttentionStacks.Decoder), On(AttentionStacks.Cross));
        output.Set(StreamKey.Hidden, hidden_BTD);
        if (kept is null || !hasTarget) return output.Set(StreamKey.Decoder, () => Decode(null));
        List<Tensor> decoderStates = [];
        var decoded_BUD = Decode(decoderStates);
        kept.AddRange(decoderStates.Skip(1));
        return output.Set(StreamKey.Decoder, decoded_BUD);
    }

    /// <summary>One causal pass over input and target; the hidden stream is its input part.</summary>
    private BackboneOutput DecoderOnly(Batch batch, Tensor? target_BU, List<Tensor>? kept, AttentionTap? tap)
    {
        var rows = new PackedRows(batch[Keys.InputIds], batch[Keys.AttentionMask], target_BU);
        var hidden_BPD = decoder.Forward(
            shared.forward(rows.Ids_BP), null, causal: true, TargetBlocks(rows.Ids_BP), null, kept,
            tap is null ? null : layer => tap.Layer(AttentionStacks.Tokens, layer));
        var output = new BackboneOutput { HiddenStates = kept ?? [], Attentions = tap?.Take() ?? [] };
        output.Set(StreamKey.Hidden, () => hidden_BPD.narrow(1, 0, batch.Axis("T")));
        return output.Set(StreamKey.Decoder, () => rows.Targets(hidden_BPD, batch[Keys.DecoderIds]));
    }

    public BatchKey Grows => encoder is null ? Keys.InputIds : Keys.DecoderIds;

    public StreamKey Generates => encoder is null ? StreamKey.Hidden : StreamKey.Decoder;

    public int? MaxGrown => DecoderPlaces;

    public DecodingState Start(Batch batch)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var device = shared.weight!.device;
        long kept = decoder.WidestRadius;
        if (encoder is null) return new DecoderState(batch.Samples.Count > 0 ? batch.Samples.Count : (int)batch.Axis("B"),
            options.DecoderLayers, kept, null, device);
        var mask_BT = Masks.OfInput(batch);
        var hidden_BTD = Forward(batch, Capture.None)[StreamKey.Hidden];
        var cross = new CrossMemory(decoder.Blocks.Select(b => b.Cross!.Remember(hidden_BTD)), mask_BT, (int)batch.Axis("B"));
        return new DecoderState((int)batch.Axis("B"), options.DecoderLayers, kept, cross, device);
    }

    public BackboneOutput Continue(Batch next, DecodingState state)
    {
        using var off = no_grad();
        Tensor hidden_BND;
        using (NewDisposeScope())
        {
            var held = (DecoderState)state;
            var ids_BN = next[Grows];
            next.TryGet(encoder is null ? Keys.AttentionMask : Keys.DecoderMask, out var real_BN);
            var piece = held.Take((int)ids_BN.shape[1], real_BN, options.GlobalBlocks == 0 ? 0 : BlockTokens, DecoderPlaces);
            hidden_BND = decoder.Continue(shared.forward(ids_BN), held, piece).MoveToOuterDisposeScope();
        }
        var output = new BackboneOutput().Set(StreamKey.Decoder, hidden_BND);
        return encoder is null ? output.Set(StreamKey.Hidden, hidden_BND) : output;
    }

    /// <summary>Most tokens of the decoder's sequence: without an encoder the input is part of it.</summary>
    private int DecoderPlaces => encoder is null ? options.MaxTokens + options.MaxTargetTokens : options.MaxTargetTokens;

    private int BlockTokens => (DecoderPlaces + options.GlobalBlocks - 1) / options.GlobalBlocks;

    private Tensor Embed(Batch batch) => batch.TryGet(Keys.InputEmbeddings, out var embeddings_BTD)
        ? embeddings_BTD.alias()
        : shared.forward(batch[Keys.InputIds]);

    private GlobalBlocks? TargetBlocks(Tensor ids_BU) =>
        options.GlobalBlocks == 0 ? null : GlobalBlocks.OfTarget((int)ids_BU.shape[1], BlockTokens, ids_BU.device);

    private void CheckLengths(Batch batch, Tensor? target_BU)
    {
        if (batch.Axis("T") > options.MaxTokens)
            throw new PluginException(
                $"A batch of {batch.Axis("T")} tokens was given to byte-seq2seq, which takes {options.MaxTokens} (maxTokens).");
        if (target_BU is not null && target_BU.shape[1] > options.MaxTargetTokens)
            throw new DataException(
                $"{Longest(batch)}: the target has {target_BU.shape[1]:N0} tokens, more than the {options.MaxTargetTokens:N0} the "
                    + "decoder takes. " +
                "Raise the architecture's maxTargetTokens, or use shorter sequences.");
    }

    private static string Longest(Batch batch)
    {
        if (!batch.TryGet(Keys.DecoderLabels, out var labels_BU) || batch.Samples.Count == 0) return "a batch";
        using var scope = NewDisposeScope();
        var row = labels_BU.ne(Keys.Ignore).sum(1).argmax().cpu().item<long>();
        return batch.Samples[(int)row].Where;
    }

    private long AttendedTokens(long length) => options.Attention == AttentionKind.Dense
        ? length
        : Math.Min(length, Tiling.For((int)length, options.Radius.Max(), encoder is null).Keys) + Math.Min(length, options.GlobalBlocks);
}
