namespace PluginHost.Plugins.MaskedLm;

/// <summary>How the tokens to hide are chosen.</summary>
public enum MaskingScheme
{
    /// <summary>Stretches without replacement until the rate is reached exactly in expectation.</summary>
    Stretches,

    /// <summary>
    /// DNABERT's released code: every token is a centre with probability rate / k, independently, and takes its neighbours along,
    /// k tokens in all. At a rate of 0.15 and k = 6 (p = 0.025) that hides 1 - 0.975^6 = 14.1 % in the middle of a sequence.
    /// Unknown tokens are hidden like any other.
    /// </summary>
    DnabertRelease,

    /// <summary>
    /// Genomics-FM's released code: a BPE token is a centre with probability rate and takes the token before it along (27.75 % at a rate of
    /// 0.15); an overlapping k-mer with probability rate / k, with the six before and the seven after it (29.8 %). Prompt tokens are
    /// hidden when they are such neighbours; a hidden token with id 0 is not asked for.
    /// </summary>
    GenomicsFmRelease,
}
