namespace PluginHost;

/// <summary>Where a sequence lies on a genome.</summary>
/// <param name="Chromosome">The record's name.</param>
/// <param name="Start">First base on the forward strand, 0-based.</param>
/// <param name="End">One past the last base on the forward strand.</param>
/// <param name="Strand"><c>+</c>, <c>-</c> where the sequence is the reverse complement, or <c>.</c> where it is not known.</param>
public sealed record GenomicPlace(string Chromosome, long Start, long End, char Strand)
{
    /// <summary>Whether it tells more than the sequence's name; not where a whole record is its own chromosome.</summary>
    /// <param name="id">The sequence's.</param>
    /// <param name="start">Where in the sequence the stretch begins that it is the place of.</param>
    public bool TellsMoreThan(string id, long start = 0) => Chromosome != id || Start != start || Strand != '+';

    /// <summary>The place of a stretch of the sequence: counted from the end where the strand is <c>-</c>.</summary>
    /// <param name="start">First base of the stretch in the sequence, 0-based.</param>
    /// <param name="end">One past its last base.</param>
    /// <param name="length">Bases of the whole sequence.</param>
    /// <returns>Null where the sequence is not as long as its place, so that its bases have no places of their own.</returns>
    public GenomicPlace? Within(long start, long end, long length) => End - Start != length ? null
        : Strand == '-' ? this with { Start = End - end, End = End - start }
        : this with { Start = Start + start, End = Start + end };
}
