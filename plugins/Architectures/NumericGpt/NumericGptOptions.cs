using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.NumericGpt;

/// <summary>Options of <c>numeric-gpt</c>. The defaults are the 0.1 B model (Zhang et al. 2023, section 9) at 512 tokens.</summary>
public sealed class NumericGptOptions : IValidatableObject
{
    /// <summary>Number of decoder layers.</summary>
    [Range(1, 256), Description("Decoder layers: 12 in the 0.1 B models, 60 in dna_gpt3b_m.")]
    public int Layers { get; set; } = 12;

    /// <summary>Hidden size D.</summary>
    [Range(1, 16_384), Description("Hidden size; a multiple of attentionHeads: 768 in the 0.1 B models, 2,048 in dna_gpt3b_m.")]
    public int Width { get; set; } = 768;

    /// <summary>Attention heads.</summary>
    [Range(1, 256), Description("Attention heads: 12 in the 0.1 B models, 64 in dna_gpt3b_m.")]
    public int AttentionHeads { get; set; } = 12;

    /// <summary>Most tokens a sequence may have: the learned positions.</summary>
    [Range(1, 1 << 20), Description("Most tokens a sequence may have, numbers and instructions included: 512 or 4,096.")]
    public int MaxPositions { get; set; } = 512;

    /// <summary>Dropout after embeddings and blocks and on attention probabilities.</summary>
    [Range(0, 0.99), Description("Dropout after embeddings and blocks and on attention probabilities; 0 as released.")]
    public double Dropout { get; set; }

    /// <summary>Added to the variance in layer norm.</summary>
    [Range(1e-15, 1e-2), Description("Added to the variance in layer norm.")]
    public double LayerNormEpsilon { get; set; } = 1e-5;

    /// <summary>What weights start from.</summary>
    [Description("What weights start from: 'gpt2' N(0, initializerRange) (Radford et al. 2019, the classic GPT that the paper builds on; "
        + "it names no other), 'release' PyTorch's defaults as in the released code. In both, projections into the residual stream start "
        + "from N(0, initializerRange / sqrt(2 layers)).")]
    public Initialization Initialization { get; set; } = Initialization.Gpt2;

    /// <summary>Standard deviation of initial weights.</summary>
    [Range(1e-4, 1.0), Description("Standard deviation of initial weights. Small models leave the start sooner with about 1/sqrt(width).")]
    public double InitializerRange { get; set; } = 0.02;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AttentionHeads > 0 && Width % AttentionHeads != 0)
            yield return new($"'width' {Width} is no multiple of 'attentionHeads' {AttentionHeads}.", [nameof(Width)]);
    }
}

/// <summary>What weights start from.</summary>
public enum Initialization
{
    /// <summary>N(0, 0.02) for matrices and tables.</summary>
    Gpt2,

    /// <summary>PyTorch's defaults: uniform matrices, N(0, 1) tables.</summary>
    Release,
}
