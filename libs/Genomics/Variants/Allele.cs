using System.Text;

namespace PluginHost.Libs.Genomics.Variants;

/// <summary>What REF and ALT may be, and how one becomes the other base by base.</summary>
public static class Allele
{
    /// <summary>Whether it is IUPAC codes in upper case.</summary>
    public static bool IsBases(string allele) => allele.Length > 0 && !allele.AsSpan().ContainsAnyExcept(Iupac.Codes);

    /// <summary>Whether it is A, C, G, T and N alone, so that it can stand in a sequence.</summary>
    public static bool IsSequence(string allele) => allele.Length > 0 && !allele.AsSpan().ContainsAnyExcept("ACGTN");

    /// <summary>An alternative allele, bases in upper case; null if it is none.</summary>
    public static string? TryRead(string written)
    {
        if (written.ToUpperInvariant() is var upper && IsBases(upper)) return upper;
        var known = written == "*" || (written.Length > 2 && written[0] == '<' && written[^1] == '>')
            || written.AsSpan().ContainsAny('[', ']') || (written.Length > 1 && (written[0] == '.' || written[^1] == '.'));
        return known ? written : null;
    }

    /// <summary>
    /// Whether bases are only put in or only taken out, behind a first base that stays: what may lie on a base that another variant
    /// replaces or takes out.
    /// </summary>
    public static bool LeavesFirstBase(string reference, string alternative)
    {
        if (reference.Length == alternative.Length || reference[0] != alternative[0]) return false;
        var (prefix, suffix) = Shared(reference, alternative);
        return prefix + suffix == Math.Min(reference.Length, alternative.Length);
    }

    /// <summary>
    /// What some of the reference's bases become. Shared bases at the beginning, then at the end, become themselves; those between become
    /// the alternative's in turn, the last of them all that is left. Inserted bases belong to the base before them.
    /// </summary>
    /// <param name="reference">REF.</param>
    /// <param name="alternative">ALT, bases.</param>
    /// <param name="from">First base of REF, 0-based.</param>
    /// <param name="to">One past the last.</param>
    public static string Part(string reference, string alternative, int from, int to)
    {
        var (prefix, suffix) = Shared(reference, alternative);
        var (changed, put) = (reference.Length - prefix - suffix, alternative.Length - prefix - suffix);
        var part = new StringBuilder();
        for (var i = from; i < to; i++)
        {
            if (changed == 0 && i == 0 && prefix == 0) part.Append(alternative, 0, put);
            if (i < prefix) part.Append(alternative[i]);
            else if (i >= prefix + changed) part.Append(reference[i]);
            else if (i - prefix < put) part.Append(alternative, i, i < prefix + changed - 1 ? 1 : prefix + put - i);
            if (changed == 0 && i == prefix - 1) part.Append(alternative, prefix, put);
        }
        return part.ToString();
    }

    private static (int Prefix, int Suffix) Shared(string reference, string alternative)
    {
        var shorter = Math.Min(reference.Length, alternative.Length);
        var (prefix, suffix) = (0, 0);
        while (prefix < shorter && reference[prefix] == alternative[prefix]) prefix++;
        while (suffix < shorter - prefix && reference[^(suffix + 1)] == alternative[^(suffix + 1)]) suffix++;
        return (prefix, suffix);
    }
}
