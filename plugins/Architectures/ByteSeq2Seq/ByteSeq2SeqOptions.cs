using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Plugins.ByteSeq2Seq.Attention;

namespace PluginHost.Plugins.ByteSeq2Seq;

/// <summary>
/// Options of <c>byte-seq2seq</c>. The defaults are ENBED's (Malusare et al. 2024, table 6 and "Attention"); what the paper leaves open
/// follows T5 1.1 and ByT5.
/// </summary>
public sealed class ByteSeq2SeqOptions : IValidatableObject
{
    private static readonly int[] PublishedRadius = [64, 64, 64, 128];

    /// <summary>Hidden size D.</summary>
    [Range(1, 16_384), Description("Hidden size (d_model).")]
    public int Width { get; set; } = 1536;

    /// <summary>Width E of a head's queries, keys and values.</summary>
    [Range(1, 1024),
        Description("Width of the queries, keys and values of each head (d_kv); heads times this need not be the hidden size.")]
    public int HeadWidth { get; set; } = 64;

    /// <summary>Attention heads H.</summary>
    [Range(1, 256), Description("Attention heads (num_heads).")]
    public int AttentionHeads { get; set; } = 16;

    /// <summary>Inner width F of the feed-forward block.</summary>
    [Range(1, 131_072), Description("Inner width of the feed-forward block (d_ff).")]
    public int FeedForward { get; set; } = 3850;

    /// <summary>Encoder layers; 0 leaves the encoder and all cross-attention out.</summary>
    [Range(0, 256), Description("Encoder layers (num_layers). 0 is the paper's decoder-only comparison: input and target run through the "
        + "decoder as one causal sequence, without cross-attention.")]
    public int EncoderLayers { get; set; } = 24;

    /// <summary>Decoder layers.</summary>
    [Range(1, 256), Description("Decoder layers (num_decoder_layers).")]
    public int DecoderLayers { get; set; } = 12;

    /// <summary>What a token attends to beside the global block tokens.</summary>
    [Description("windowed: tokens at most a radius away, in memory that grows linearly with length; dense: all tokens, as T5. Same "
        + "weights; the same function where the radius covers everything.")]
    public AttentionKind Attention { get; set; } = AttentionKind.Windowed;

    /// <summary>Window radius of each layer of either stack, bottom first; the last entry holds for all further layers.</summary>
    [Description("Window radius in tokens of each layer, bottom first, in the encoder and in the decoder; the last entry holds for all "
        + "further layers. A token attends to those at most this far away on each side (in the decoder: before it).")]
    public int[] Radius { get; set; } = [.. PublishedRadius];

    /// <summary>Number k of global block tokens; 0 for none.</summary>
    [Range(0, 65_536), Description("Blocks k a sequence is divided into; each is summed and normalised into a global token that every "
        + "token attends to (in the decoder: every token of a later block). 0 for none.")]
    public int GlobalBlocks { get; set; } = 256;

    /// <summary>Most input tokens, special ones included.</summary>
    [Range(2, 1 << 24), Description("Most input tokens, special ones included.")]
    public int MaxTokens { get; set; } = 16_384;

    /// <summary>Most target tokens, special ones included.</summary>
    [Range(1, 1 << 24), Description("Most target tokens, special ones included. A decoder block is this long divided by globalBlocks, "
        + "whatever the target's own length, which generation does not know.")]
    public int MaxTargetTokens { get; set; } = 16_384;

    /// <summary>Buckets of the relative position bias.</summary>
    [Range(4, 4096), Description("Buckets of the relative position bias (relative_attention_num_buckets); an even number.")]
    public int RelativeBuckets { get; set; } = 32;

    /// <summary>Distance from which all positions share the last bucket.</summary>
    [Range(2, 1 << 20), Description("Distance from which all positions share the last bucket (relative_attention_max_distance).")]
    public int RelativeDistance { get; set; } = 128;

    /// <summary>What the relative position bias starts from.</summary>
    [Description("What the relative position bias starts from: normal draws, as T5; or neighbours, where half of the heads start by "
        + "looking at one place each (the decoder's at 1, 2, 3, ... before; the encoder's at 1 before, 1 behind, 2 before, ...), as the "
        + "start of ConViT (d'Ascoli et al. 2021): short training then finds the order of bases sooner.")]
    public RelativeStart RelativeStart { get; set; } = RelativeStart.Normal;

    /// <summary>What cross-attention knows of places.</summary>
    [Description("What cross-attention knows of places: none, as T5; or relative, a learned bias by how far a source token stands from "
        + "the place that is written (not of the paper). Where sequences are mostly alike, as parents and children, short training finds "
        + "the place at once. Needs 'attention: dense' and an encoder: its scores take memory of both lengths multiplied.")]
    public CrossPlaces CrossPlaces { get; set; }

    /// <summary>The feed-forward block.</summary>
    [Description("gated-gelu as T5 1.1 and ByT5, or relu as the first T5 (feed_forward_proj).")]
    public FeedForwardKind FeedForwardKind { get; set; } = FeedForwardKind.GatedGelu;

    /// <summary>Computes GELU by its tanh approximation.</summary>
    [Description("Compute GELU by its tanh approximation, as the released T5 1.1 and ByT5 (Flaxformer) do; otherwise exactly.")]
    public bool TanhGelu { get; set; }

    /// <summary>Divides attention scores by the root of <see cref="HeadWidth"/>.</summary>
    [Description("Divide attention scores by the root of headWidth, as the paper's formula has it. The released T5 and ByT5 (Flaxformer) "
        + "do not: their initial query weights are smaller by that factor, and so are these when this is false.")]
    public bool ScaleScores { get; set; } = true;

    /// <summary>Dropout at the input and output of each stack, after each block and inside feed-forward blocks.</summary>
    [Range(0, 0.99),
        Description("Dropout at the input and output of each stack, after each block and inside the feed-forward block (dropout_rate).")]
    public double Dropout { get; set; } = 0.1;

    /// <summary>Dropout on attention probabilities.</summary>
    [Range(0, 0.99), Description("Dropout on attention probabilities.")]
    public double AttentionDropout { get; set; } = 0.1;

    /// <summary>Added to the mean square in RMS norm.</summary>
    [Range(1e-15, 1e-2), Description("Added to the mean square in RMS norm (layer_norm_epsilon).")]
    public double NormEpsilon { get; set; } = 1e-6;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Radius.Length == 0)
            yield return new("'radius' is empty; give one radius for all layers or one a layer.", [nameof(Radius)]);
        foreach (var radius in Radius.Where(r => r < 1).Take(1))
            yield return new($"'radius' has a window of {radius}: a token that sees no other learns nothing from its neighbours. Give at "
                + "least 1, or 'attention: dense' for no window.", [nameof(Radius)]);
        if (Attention == AttentionKind.Windowed && !Radius.SequenceEqual(PublishedRadius)
            && Radius.Length > Math.Max(EncoderLayers, DecoderLayers))
            yield return new($"'radius' has {Radius.Length} entries for at most {Math.Max(EncoderLayers, DecoderLayers)} layers.",
                [nameof(Radius)]);
        if (CrossPlaces == CrossPlaces.Relative && (Attention != AttentionKind.Dense || EncoderLayers == 0))
            yield return new(EncoderLayers == 0 ? "'crossPlaces: relative' without an encoder: there is no cross-attention."
                : "'crossPlaces: relative' needs 'attention: dense'.", [nameof(CrossPlaces)]);
        if (RelativeBuckets % 2 != 0)
            yield return new($"'relativeBuckets' {RelativeBuckets} must be even: half of the encoder's are for each side.",
                [nameof(RelativeBuckets)]);
        if (RelativeDistance <= RelativeBuckets / 2)
            yield return new($"'relativeDistance' {RelativeDistance} must be above half of 'relativeBuckets', {RelativeBuckets / 2}, up to "
                + "which every distance has a bucket of its own.", [nameof(RelativeDistance)]);
    }
}

/// <summary>What a token attends to beside the global block tokens.</summary>
public enum AttentionKind
{
    /// <summary>Tokens at most a radius away.</summary>
    Windowed,

    /// <summary>All tokens.</summary>
    Dense,
}

/// <summary>The feed-forward block.</summary>
public enum FeedForwardKind
{
    /// <summary>GELU of one projection times another (Shazeer 2020, GEGLU).</summary>
    GatedGelu,

    /// <summary>ReLU of one projection.</summary>
    Relu,
}
