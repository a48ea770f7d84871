using System.Buffers;

namespace PluginHost;

/// <summary>The nucleotide alphabet every source normalises to: upper-case IUPAC codes (Cornish-Bowden 1985), T for U.</summary>
public static class Iupac
{
    /// <summary>The codes a normalised sequence may hold.</summary>
    public const string Codes = "ACGTRYSWKMBDHVN";

    private static readonly SearchValues<char> normal = SearchValues.Create(Codes);
    private static readonly SearchValues<char> bases = SearchValues.Create("ACGT");

    /// <summary>Upper-cases and turns U into T.</summary>
    /// <returns>The normalised sequence: the same string when nothing changed.</returns>
    /// <exception cref="DataException">A character outside the alphabet, named with its 1-based position.</exception>
    /// <param name="sequence">As read.</param>
    /// <param name="where">File and line or record, for the message.</param>
    public static string Normalize(string sequence, string where)
    {
        if (!sequence.AsSpan().ContainsAnyExcept(normal)) return sequence;
        var result = sequence.ToUpperInvariant().Replace('U', 'T');
        var bad = result.AsSpan().IndexOfAnyExcept(normal);
        return bad < 0
            ? result
            : throw new DataException(
                $"{where}: '{Show(sequence[bad])}' at position {bad + 1} is not a nucleotide code; allowed are {Codes} and U, in "
                    + "either case.");
    }

    /// <summary>How many characters are not A, C, G or T.</summary>
    public static int CountAmbiguous(ReadOnlySpan<char> sequence)
    {
        var count = 0;
        foreach (var c in sequence) if (!bases.Contains(c)) count++;
        return count;
    }

    /// <summary>The reverse complement, IUPAC codes included.</summary>
    public static string ReverseComplement(string sequence) => string.Create(sequence.Length, sequence, static (result, source) =>
    {
        for (var i = 0; i < result.Length; i++) result[i] = Complement(source[source.Length - 1 - i]);
    });

    private static char Complement(char code) => code switch
    {
        'A' => 'T',
        'T' => 'A',
        'C' => 'G',
        'G' => 'C',
        'R' => 'Y',
        'Y' => 'R',
        'K' => 'M',
        'M' => 'K',
        'B' => 'V',
        'V' => 'B',
        'D' => 'H',
        'H' => 'D',
        _ => code,
    };

    private static string Show(char c) => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString();
}
