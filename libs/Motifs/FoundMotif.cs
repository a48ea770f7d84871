namespace PluginHost.Libs.Motifs;

/// <summary>A motif that sequences share.</summary>
/// <param name="Motif">Its matrix.</param>
/// <param name="Sites">Where it lies.</param>
/// <param name="Word">The most telling word of it.</param>
/// <param name="Positives">Sequences with that word among those that should have the motif.</param>
/// <param name="Negatives">The same among the others.</param>
/// <param name="P">Of the hypergeometric test on that word.</param>
/// <param name="Q">The same, corrected for all words (Benjamini and Hochberg).</param>
public sealed record FoundMotif(
    Motif Motif, IReadOnlyList<MotifSite> Sites, string Word, int Positives, int Negatives, double P, double Q);

/// <summary>A place of a motif.</summary>
/// <param name="Sequence">Which of the positives.</param>
/// <param name="Start">0-based.</param>
/// <param name="End">Exclusive.</param>
/// <param name="IsReverse">Whether the motif is read on the other strand.</param>
public readonly record struct MotifSite(int Sequence, int Start, int End, bool IsReverse);
