using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.WholeGGramMasking;

/// <summary>Options of <c>whole-ggram-masking</c>.</summary>
public sealed class WholeGGramMaskingOptions : IValidatableObject
{
    /// <summary>Share of each sequence's tokens, see <see cref="RateOf"/>: exact in expectation.</summary>
    [Range(0.001, 0.999), Description("Share of each sequence's tokens that is drawn or hidden, see rateOf: exact in expectation.")]
    public double Rate { get; set; } = 0.15;

    /// <summary>What the rate is a share of.</summary>
    [Description("What 'rate' says: 'drawn', the tokens drawn first, to which whole G-grams are added, as in the paper, so that more is hidden in the end; 'hidden', all that is hidden in the end, so that runs with and without whole G-grams hide equally much.")]
    public RateOf RateOf { get; set; } = RateOf.Drawn;

    /// <summary>
    /// Hides every G-gram that a drawn token belongs to. False hides the drawn tokens alone (the paper's ablation); G-grams that touch them
    /// are removed from the encoder's sight all the same, because a G-gram's id tells all of its tokens.
    /// </summary>
    [Description("Hide every G-gram that a drawn token belongs to; 'false' hides the drawn tokens alone (the paper's ablation). G-grams that touch a hidden token are kept from the G-gram encoder either way, since their ids tell its tokens.")]
    public bool WholeGGram { get; set; } = true;

    /// <summary>Whether tokens hidden with a G-gram hide further G-grams.</summary>
    [Description("Whether tokens hidden with a G-gram hide further G-grams: 'none', only the G-grams of drawn tokens (the paper); 'forward', those later in the list too (released code); 'all', until none is hidden in part.")]
    public Cascade Cascade { get; set; } = Cascade.None;

    /// <summary>Share of hidden tokens replaced by [MASK].</summary>
    [Range(0.0, 1.0), Description("Share of hidden tokens replaced by [MASK].")]
    public double MaskShare { get; set; } = 0.8;

    /// <summary>Share of hidden tokens replaced by a random token; the rest stays as it is.</summary>
    [Range(0.0, 1.0), Description("Share of hidden tokens replaced by a random token; the rest stays as it is.")]
    public double RandomShare { get; set; } = 0.1;

    /// <summary>Draws random tokens from the whole vocabulary, special tokens included, as the released code does.</summary>
    [Description("Draw random tokens from the whole vocabulary, special tokens included, as the released code does.")]
    public bool RandomIncludesSpecials { get; set; }

    /// <summary>Scored positions in every batch, for constant shapes: missing ones are filled with ignored labels, surplus ones stay hidden but unscored. 0 scores all.</summary>
    [Range(0, 1 << 24), Description("Scored positions in every batch, for constant shapes on a GPU: too few are filled up, surplus ones are hidden but not scored. 0 scores all.")]
    public int FixedPositions { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaskShare + RandomShare > 1 + 1e-9)
            yield return new($"'maskShare' + 'randomShare' is {MaskShare + RandomShare:0.###}, more than 1.", [nameof(RandomShare)]);
    }
}

/// <summary>What the masking rate is a share of.</summary>
public enum RateOf
{
    /// <summary>The tokens drawn in the first stage.</summary>
    Drawn,

    /// <summary>The tokens hidden in the end.</summary>
    Hidden,
}

/// <summary>Whether tokens hidden with a G-gram hide further G-grams.</summary>
public enum Cascade
{
    /// <summary>Only G-grams that hold a drawn token are hidden whole.</summary>
    None,

    /// <summary>G-grams are gone through once in the tokenizer's order; each that holds a token hidden by then, drawn or not, is hidden whole, with all its occurrences where they share a place.</summary>
    Forward,

    /// <summary>Until no G-gram is hidden in part.</summary>
    All,
}
