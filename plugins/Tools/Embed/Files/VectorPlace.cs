namespace PluginHost.Plugins.Embed.Files;

/// <summary>Where what a vector stands for lies: on a genome, or, where that is not known, in its sequence.</summary>
/// <param name="Chromosome">Empty where the place on a genome is not known.</param>
/// <param name="Start">First base, 0-based; -1 for a whole sequence whose place is not known.</param>
/// <param name="End">One past the last base; likewise.</param>
/// <param name="Strand"><c>+</c>, <c>-</c>, <c>.</c>, or empty.</param>
internal readonly record struct VectorPlace(string Chromosome, long Start, long End, string Strand)
{
    /// <summary>That of a sequence, or of a token of it.</summary>
    /// <param name="place">On a genome, or null.</param>
    /// <param name="bases">What a token covers, in the sequence; none for a sequence.</param>
    public static VectorPlace Of(GenomicPlace? place, BaseSpan bases) => place is { } known
        ? new(known.Chromosome, known.Start, known.End, $"{known.Strand}")
        : bases.Length == 0 ? new("", -1, -1, "") : new("", bases.Start, bases.End, "");

    /// <summary>Whether it says anything.</summary>
    public bool IsKnown => Start >= 0;
}
