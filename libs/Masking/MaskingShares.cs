using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Libs.Masking;

/// <summary>
/// Options of every objective that hides tokens: what stands in their place (Devlin et al. 2019, 3.1) and how many are scored.
/// </summary>
public abstract class MaskingShares : IValidatableObject
{
    /// <summary>Share of hidden tokens replaced by [MASK].</summary>
    [Range(0.0, 1.0), Description("Share of hidden tokens replaced by [MASK].")]
    public double MaskShare { get; set; } = 0.8;

    /// <summary>Share of hidden tokens replaced by a random token; the rest stays as it is.</summary>
    [Range(0.0, 1.0), Description("Share of hidden tokens replaced by a random token; the rest stays as it is.")]
    public double RandomShare { get; set; } = 0.1;

    /// <summary>Draws random tokens from the whole vocabulary, special tokens included, as the published code does.</summary>
    [Description("Draw random tokens from the whole vocabulary, special tokens included, as the published code does.")]
    public bool RandomIncludesSpecials { get; set; }

    /// <summary>
    /// Scored positions in every batch, for constant shapes: missing ones are filled with ignored labels, surplus ones stay hidden but
    /// unscored. 0 scores all.
    /// </summary>
    [Range(0, 1 << 24), Description("Scored positions in every batch, for constant shapes on a GPU: too few are filled up, surplus ones "
        + "are hidden but not scored. 0 scores all.")]
    public int FixedPositions { get; set; }

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaskShare + RandomShare > 1 + 1e-9)
            yield return new($"'maskShare' + 'randomShare' is {MaskShare + RandomShare:0.###}, more than 1.", [nameof(RandomShare)]);
    }
}
