using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Masking;

namespace PluginHost.Plugins.MaskedLm;

/// <summary>Options of <c>masked-lm</c>.</summary>
public sealed class MaskedLmOptions : MaskingShares
{
    /// <summary>
    /// Share of each sequence's regular tokens that is hidden: exact in expectation, within one stretch in each sequence.
    /// </summary>
    [Range(0.001, 0.999),
        Description("Share of each sequence's tokens that is hidden: exact in expectation, within one stretch in each sequence.")]
    public double Rate { get; set; } = 0.15;

    /// <summary>
    /// The rate once <see cref="RateLaterFrom"/> of training is done; null keeps <see cref="Rate"/>. Evaluation always uses
    /// <see cref="Rate"/>.
    /// </summary>
    [Range(0.001, 0.999),
        Description(
        "The rate in the last part of training (the paper: 0.20); without it 'rate' holds throughout. Evaluation always uses 'rate'.")]
    public double? RateLater { get; set; }

    /// <summary>Share of training after which <see cref="RateLater"/> holds; the paper's is 100,000 of 120,000 steps.</summary>
    [Range(0.0, 1.0), Description("Share of training after which 'rateLater' holds (the paper: 100,000 of 120,000 steps).")]
    public double RateLaterFrom { get; set; } = 100_000.0 / 120_000.0;

    /// <summary>
    /// Length of a hidden stretch in bases; every token that touches it is hidden. 1 is the paper's method: the k k-mers
    /// over one base. At L, k + L - 1 overlapping k-mers are hidden and L bases are out of every neighbour's sight.
    /// </summary>
    [Range(1, 4096), Description("Bases in a hidden stretch; every token that touches it is hidden. 1 is the paper's: k contiguous k-mers, "
        + "whose neighbours still show all but one base. Longer stretches cannot be copied from neighbours.")]
    public int SpanBases { get; set; } = 1;

    /// <summary>What a stretch is drawn from.</summary>
    [Description("What a stretch is drawn from: 'bases' or 'tokens', evenly. 'auto' takes bases where a sequence's tokens overlap (k-mers, "
        + "as in DNABERT) and tokens where they do not (BPE, as in DNABERT-2), so that long tokens are hidden no more often than "
        + "short ones.")]
    public StretchOrigin StretchOrigin { get; set; } = StretchOrigin.Auto;

    /// <summary>How tokens to hide are chosen.</summary>
    [Description("How tokens to hide are chosen: 'stretches' hides 'rate' exactly in expectation; 'dnabert-release' and "
        + "'genomics-fm-release' draw centres with neighbours as those released codes do, whose shares differ (14.1 % for 6-mers at rate "
        + "0.15; 27.75 % for BPE and 29.8 % for 6-mers).")]
    public MaskingScheme Scheme { get; set; } = MaskingScheme.Stretches;

    /// <summary>Hides and asks for unknown tokens too.</summary>
    [Description("Hide and ask for [UNK] tokens (bases other than A, C, G, T) too, as DNABERT's released code does. Nothing can be "
        + "learnt from them.")]
    public bool AskUnknown { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext)) yield return problem;
        if (Scheme != MaskingScheme.Stretches && (SpanBases != 1 || StretchOrigin != StretchOrigin.Auto))
            yield return new("'spanBases' and 'stretchOrigin' are for 'scheme: stretches'; leave them out, or leave 'scheme' out.",
                [nameof(Scheme)]);
    }
}
