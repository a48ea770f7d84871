using PluginHost.Libs.Genomics.Variants;
using PluginHost.Plugins.Variants.Scoring;

namespace PluginHost.Plugins.Variants.Truth;

/// <summary>An allele that was measured: what baselines need of it, and no more.</summary>
/// <param name="Chromosome">The genome's record.</param>
/// <param name="Position">First base that is replaced, 0-based.</param>
/// <param name="Around">The allele with <see cref="Flank"/> bases on both sides, fewer where the window ends.</param>
/// <param name="Before">Bases in front of the allele there.</param>
/// <param name="Reference">What is taken out.</param>
/// <param name="Alternative">What is put in.</param>
internal sealed record MeasuredAllele(
    string Chromosome, long Position, string Around, int Before, string Reference, string Alternative)
{
    /// <summary>Bases kept on either side: what k-mers that hold the allele reach.</summary>
    public const int Flank = KMerRegression.K - 1;

    /// <summary>What was measured.</summary>
    public required double Effect { get; init; }

    /// <summary>How much the base is conserved; NaN where that is not known.</summary>
    public required double Conservation { get; init; }

    /// <summary>Whether it lies in a region of --training.</summary>
    public required bool InTraining { get; init; }

    /// <summary>The same stretch with the alternative.</summary>
    public string AroundAlternative => string.Concat(Around.AsSpan(0, Before), Alternative, Around.AsSpan(Before + Reference.Length));

    /// <summary>Takes what is needed of a pair of windows.</summary>
    public static MeasuredAllele Of(WindowPair pair, double effect, double conservation, bool inTraining)
    {
        var (window, start, length) = (pair.Reference.Sequence, pair.Reference.Start, pair.Reference.Length);
        var from = Math.Max(0, start - Flank);
        return new(pair.Chromosome, pair.Start + start, window[from..Math.Min(window.Length, start + length + Flank)], start - from,
            window.Substring(start, length), pair.Alternative.Sequence.Substring(start, pair.Alternative.Length))
        {
            Effect = effect, Conservation = conservation, InTraining = inTraining,
        };
    }
}
