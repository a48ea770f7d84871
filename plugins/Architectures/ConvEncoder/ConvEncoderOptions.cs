using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.ConvEncoder;

/// <summary>Options of <c>conv-encoder</c>.</summary>
public sealed class ConvEncoderOptions : IValidatableObject
{
    /// <summary>Attention layers, over places of <see cref="Stride"/> tokens.</summary>
    [Range(0, 256), Description("Attention layers, over places of 'stride' tokens.")]
    public int Layers { get; set; } = 4;

    /// <summary>Hidden size D.</summary>
    [Range(1, 16_384), Description("Hidden size; a multiple of attentionHeads.")]
    public int Width { get; set; } = 128;

    /// <summary>Attention heads; every second looks left only, the others right only.</summary>
    [Range(2, 256), Description("Attention heads, an even number: they take turns to look left only and right only (ALiBi, a bias by "
        + "distance, so that lengths are free).")]
    public int AttentionHeads { get; set; } = 8;

    /// <summary>Inner width F of the feed-forward block; 0 for twice <see cref="Width"/>.</summary>
    [Range(0, 131_072), Description("Inner width of the feed-forward block; 0 for twice width.")]
    public int FeedForward { get; set; }

    /// <summary>Width E of the token embedding that the stem reads; 0 for <see cref="Width"/>.</summary>
    [Range(0, 16_384), Description("Width of the token embedding that the stem reads; 0 for width, which a masked-LM head can then share "
        + "('tied'). A handful of bases needs few.")]
    public int EmbeddingWidth { get; set; }

    /// <summary>Tokens that the first convolution spans.</summary>
    [Range(1, 63), Description("Tokens that the first convolution spans, an odd number.")]
    public int StemKernel { get; set; } = 9;

    /// <summary>Residual convolutions after the first, at every token.</summary>
    [Range(0, 64), Description("Residual convolutions after the first, at every token: norm, GELU, convolution, the i-th with gaps of "
        + "2^i.")]
    public int ConvLayers { get; set; } = 1;

    /// <summary>Tokens that a residual convolution spans.</summary>
    [Range(1, 63), Description("Tokens that a residual convolution spans, an odd number.")]
    public int ConvKernel { get; set; } = 5;

    /// <summary>Tokens that attention takes as one place.</summary>
    [Range(1, 64), Description("Tokens that attention takes as one place: its layers cost that many times less. Every token has a state of "
        + "its own, in which what the convolutions saw is added to what attention made of its place.")]
    public int Stride { get; set; } = 4;

    /// <summary>Whether tokens know where they stand in the sequence.</summary>
    [Description("How a token's place is known: 'relative', only from where it stands to others; 'absolute', also counted from the first "
        + "token, for windows in which what is looked for is always at one place.")]
    public Places Positions { get; set; } = Places.Relative;

    /// <summary>ALiBi slope of the first heads.</summary>
    [Range(1.0 / 256, 64.0), Description("ALiBi slope of the first heads, in places, from which slopes fall geometrically to 2^-8.")]
    public double AlibiSteepestSlope { get; set; } = 2;

    /// <summary>Most tokens of a sequence; null for no limit.</summary>
    [Range(3, 1 << 24), Description("Most tokens a sequence may have; no limit unless set.")]
    public int? MaxTokens { get; set; }

    /// <summary>Dropout after the stem and each block.</summary>
    [Range(0, 0.99), Description("Dropout after the stem and each block.")]
    public double Dropout { get; set; } = 0.1;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Width % AttentionHeads != 0)
            yield return new($"'width' {Width} is no multiple of 'attentionHeads' {AttentionHeads}.", [nameof(Width)]);
        if (AttentionHeads % 2 != 0)
            yield return new($"must be even, as every second head looks left and the others right; it is {AttentionHeads}.",
                [nameof(AttentionHeads)]);
        if (StemKernel % 2 == 0) yield return new($"must be odd, to have a middle; it is {StemKernel}.", [nameof(StemKernel)]);
        if (ConvKernel % 2 == 0) yield return new($"must be odd, to have a middle; it is {ConvKernel}.", [nameof(ConvKernel)]);
    }
}
