namespace PluginHost.Plugins.Mutations;

/// <summary>What substitutions do to the protein, by the standard code.</summary>
/// <param name="frame">Place in a codon of the first base, 1 to 3.</param>
internal sealed class Codons(int frame)
{
    // Codons in the order T, C, A, G of each base.
    private const string AminoAcids = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG";
    private const string Order = "TCAG";

    /// <summary>Place of a position in its codon, 1 to 3.</summary>
    /// <param name="position">Counted from 1.</param>
    public int Place(int position) => (position + frame - 2) % 3 + 1;

    /// <summary>
    /// The amino acids before and after, of the codon as the child has it: <c>K12E</c>, counted from the first whole or cut codon; empty
    /// where the codon is cut off, the child has another length, or it is no substitution.
    /// </summary>
    public string Change(string parent, string child, Edit edit)
    {
        if (edit.Kind != EditKind.Substitution || parent.Length != child.Length) return "";
        var start = edit.Position - Place(edit.Position);
        return start >= 0 && start + 3 <= parent.Length
            && AminoAcid(parent.AsSpan(start, 3)) is { } before && AminoAcid(child.AsSpan(start, 3)) is { } after
            ? $"{before}{(edit.Position + frame - 2) / 3 + 1}{after}" : "";
    }

    private static char? AminoAcid(ReadOnlySpan<char> codon)
    {
        var (a, b, c) = (Order.IndexOf(codon[0]), Order.IndexOf(codon[1]), Order.IndexOf(codon[2]));
        return a < 0 || b < 0 || c < 0 ? null : AminoAcids[16 * a + 4 * b + c];
    }
}
