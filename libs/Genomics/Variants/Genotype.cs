using System.Globalization;

namespace PluginHost.Libs.Genomics.Variants;

/// <summary>A sample's alleles at a place, one or two.</summary>
/// <param name="First">0 for REF, 1 and up for ALT, -1 for unknown.</param>
/// <param name="Second">Likewise; <see cref="Absent"/> for a haploid call.</param>
/// <param name="IsPhased">Whether the call says which is on which chromosome of a pair.</param>
/// <param name="PhaseSet">Between which places that holds: the value of PS, or of PSL; null where the call names none.</param>
public readonly record struct Genotype(int First, int Second, bool IsPhased, string? PhaseSet = null)
{
    /// <summary>No second allele: a haploid call.</summary>
    public const int Absent = -2;

    /// <summary>Whether the call has one allele.</summary>
    public bool IsHaploid => Second == Absent;

    /// <summary>Whether neither allele is known.</summary>
    public bool IsUnknown => First < 0 && Second < 0;

    /// <summary>Whether one allele of two is known.</summary>
    public bool IsHalfKnown => !IsHaploid && First < 0 != Second < 0;

    /// <summary>Whether it has two alleles that differ.</summary>
    public bool IsHeterozygous => First >= 0 && Second >= 0 && First != Second;

    /// <summary>
    /// Reads <c>0|1</c>, <c>1/1</c>, <c>.</c>, <c>1</c>, and VCF 4.4's forms with a mark before the first allele, such as <c>|0|1</c>.
    /// What follows a colon is left out.
    /// </summary>
    /// <param name="cell">A sample's cell.</param>
    /// <param name="alternatives">How many alternative alleles there are.</param>
    /// <param name="genotype">What was read.</param>
    /// <returns>False if it is no genotype, or one of more than two alleles.</returns>
    public static bool TryParse(ReadOnlySpan<char> cell, int alternatives, out Genotype genotype)
    {
        genotype = default;
        cell = Part(cell, 0);
        // The first allele is phased where its own mark says so; without a mark, where the others are.
        var firstIsPhased = cell.Length == 0 || cell[0] != '/';
        if (cell.Length > 0 && IsMark(cell[0])) cell = cell[1..];
        var mark = cell.IndexOfAny('|', '/');
        if (!Allele(mark < 0 ? cell : cell[..mark], alternatives, out var first)) return false;
        if (mark < 0)
        {
            genotype = new(first, Absent, true);
            return true;
        }
        if (!Allele(cell[(mark + 1)..], alternatives, out var second)) return false;
        genotype = new(first, second, firstIsPhased && cell[mark] == '|');
        return true;
    }

    /// <summary>How many alleles a cell holds, for messages.</summary>
    public static int Ploidy(ReadOnlySpan<char> cell)
    {
        cell = Part(cell, 0);
        return 1 + (cell.Length > 0 && IsMark(cell[0]) ? cell[1..] : cell).CountAny('|', '/');
    }

    /// <summary>One of the values between colons; empty where the cell ends before it.</summary>
    internal static ReadOnlySpan<char> Part(ReadOnlySpan<char> cell, int index)
    {
        for (; index > 0; index--)
        {
            var next = cell.IndexOf(':');
            if (next < 0) return [];
            cell = cell[(next + 1)..];
        }
        return cell.IndexOf(':') is >= 0 and var end ? cell[..end] : cell;
    }

    private static bool IsMark(char c) => c is '|' or '/';

    private static bool Allele(ReadOnlySpan<char> text, int alternatives, out int allele)
    {
        if (text.SequenceEqual("."))
        {
            allele = -1;
            return true;
        }
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out allele) && allele <= alternatives;
    }
}
