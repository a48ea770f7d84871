using System.Buffers;

namespace PluginHost;

/// <summary>
/// The characters that sequences are made of: nucleotides, unless a source and a tokenizer name others, such as 01 for the alleles of SNPs.
/// </summary>
/// <remarks>
/// Of other alphabets nothing is known but their characters: case counts, nothing is put in another's place, and there is no complement.
/// </remarks>
public sealed class Alphabet : IEquatable<Alphabet>
{
    private readonly SearchValues<char> known;

    private Alphabet(string characters) => (Characters, known) = (characters, SearchValues.Create(characters));

    /// <summary>The IUPAC nucleotide codes, as <see cref="Iupac"/> normalises to them.</summary>
    public static Alphabet Dna { get; } = new(Iupac.Codes);

    /// <summary>The characters, in the order they were named.</summary>
    public string Characters { get; }

    /// <summary>Whether it is that of nucleotides.</summary>
    public bool IsDna => ReferenceEquals(this, Dna);

    /// <summary>A sequence to try a tokenizer with: A, C, G and T by turns, or the characters of another alphabet.</summary>
    /// <param name="length">Characters of it.</param>
    public string Example(int length)
    {
        var letters = IsDna ? "ACGT" : Characters;
        return string.Create(length, letters, (bases, of) =>
        {
            for (var i = 0; i < bases.Length; i++) bases[i] = of[i % of.Length];
        });
    }

    /// <summary>The alphabet an option <c>alphabet</c> names.</summary>
    /// <param name="characters">At least two different ones, each printable ASCII and no blank; null for nucleotides.</param>
    /// <exception cref="UsageException">They are none of these.</exception>
    public static Alphabet Of(string? characters)
    {
        if (characters is null) return Dna;
        if (characters.Length < 2 || characters.Any(c => c is <= ' ' or > '~') || characters.Distinct().Count() < characters.Length)
            throw new UsageException($"The alphabet '{characters}' must be two or more different characters without blanks, such as 01; "
                + "leave it out for nucleotides.");
        return new(characters);
    }

    /// <summary>Checks a sequence; one of nucleotides is upper-cased, with T for U.</summary>
    /// <param name="sequence">As read.</param>
    /// <param name="where">File and line or record, for the message.</param>
    /// <exception cref="DataException">A character outside the alphabet, named with its 1-based position.</exception>
    public string Normalize(string sequence, string where)
    {
        if (IsDna) return Iupac.Normalize(sequence, where);
        var bad = FindForeign(sequence);
        return bad < 0
            ? sequence
            : throw new DataException(
                $"{where}: '{sequence[bad]}' at position {bad + 1} is not in the alphabet {Characters}; case counts.");
    }

    /// <summary>The place of the first character outside the alphabet; -1 if there is none.</summary>
    public int FindForeign(ReadOnlySpan<char> sequence) => sequence.IndexOfAnyExcept(known);

    /// <inheritdoc/>
    public bool Equals(Alphabet? other) => other is not null && IsDna == other.IsDna && Characters == other.Characters;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Alphabet);

    /// <inheritdoc/>
    public override int GetHashCode() => Characters.GetHashCode(StringComparison.Ordinal);
}
