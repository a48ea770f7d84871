using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Masking;

namespace PluginHost.Plugins.WholeGGramMasking;

/// <summary>Options of <c>whole-ggram-masking</c>.</summary>
public sealed class WholeGGramMaskingOptions : MaskingShares
{
    /// <summary>Share of each sequence's tokens, see <see cref="RateOf"/>: exact in expectation.</summary>
    [Range(0.001, 0.999), Description("Share of each sequence's tokens that is drawn or hidden, see rateOf: exact in expectation.")]
    public double Rate { get; set; } = 0.15;

    /// <summary>What the rate is a share of.</summary>
    [Description("What 'rate' says: 'drawn', the tokens drawn first, to which whole G-grams are added, as in the paper, so that more is "
        + "hidden in the end; 'hidden', all that is hidden in the end, so that runs with and without whole G-grams hide equally much.")]
    public RateOf RateOf { get; set; } = RateOf.Drawn;

    /// <summary>
    /// Hides every G-gram that a drawn token belongs to. False hides the drawn tokens alone (the paper's ablation); G-grams that touch them
    /// are removed from the encoder's sight all the same, because a G-gram's id tells all of its tokens.
    /// </summary>
    [Description("Hide every G-gram that a drawn token belongs to; 'false' hides the drawn tokens alone (the paper's ablation). G-grams "
        + "that touch a hidden token are kept from the G-gram encoder either way, since their ids tell its tokens.")]
    public bool WholeGGram { get; set; } = true;

    /// <summary>Whether tokens hidden with a G-gram hide further G-grams.</summary>
    [Description("Whether tokens hidden with a G-gram hide further G-grams: 'none', only the G-grams of drawn tokens (the paper); "
        + "'forward', those later in the list too (released code); 'all', until none is hidden in part.")]
    public Cascade Cascade { get; set; } = Cascade.None;
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

    /// <summary>
    /// G-grams are gone through once in the tokenizer's order; each that holds a token hidden by then, drawn or not, is hidden whole, with
    /// all its occurrences where they share a place.
    /// </summary>
    Forward,

    /// <summary>Until no G-gram is hidden in part.</summary>
    All,
}
