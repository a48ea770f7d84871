using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.KMer;

/// <summary>Options of <c>kmer</c>.</summary>
public sealed class KMerOptions
{
    /// <summary>Bases a token, 1 to 8. The vocabulary has 4^k + 5 ids.</summary>
    [Range(1, 8), Description("Bases a token; the vocabulary has 4^k + 5 ids, and shorter words after them when tails are covered.")]
    public int K { get; set; } = 6;

    /// <summary>
    /// Bases from one token's start to the next: 1 overlaps as DNABERT does, k does not overlap. Above k, bases between tokens are not
    /// seen.
    /// </summary>
    [Range(1, 1024),
        Description("Bases from one token's start to the next: 1 overlaps as DNABERT does, k does not overlap, more than k skips bases.")]
    public int Stride { get; set; } = 1;

    /// <summary>What becomes of the bases after the last whole k-mer; never any with stride 1.</summary>
    [Description("Bases after the last whole k-mer: 'cover' gives them one shorter word (so decoding is exact), 'drop' leaves them out and "
        + "reports them. With stride 1 there are none.")]
    public KMerTail Tail { get; set; } = KMerTail.Cover;

    /// <summary>A <c>vocab.txt</c> to take the ids from, one token a line; null for the published order.</summary>
    [Description("A vocab.txt to take the ids from, one token a line; without it the published order (special tokens, then A, T, C, G in "
        + "product order).")]
    public string? Vocab { get; set; }
}

/// <summary>What becomes of the bases after the last whole k-mer.</summary>
public enum KMerTail
{
    /// <summary>
    /// One shorter word from the next token's start to the end; the vocabulary has such words when the stride is above 1.
    /// </summary>
    Cover,

    /// <summary>
    /// Left out and counted in <see cref="EncodedSequence.DroppedBases"/>; the vocabulary is the published one at any stride.
    /// </summary>
    Drop,
}
