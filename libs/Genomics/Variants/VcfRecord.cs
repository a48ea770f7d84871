using System.Globalization;

namespace PluginHost.Libs.Genomics.Variants;

/// <summary>A line of a VCF file.</summary>
/// <param name="Chromosome">As written.</param>
/// <param name="Position">0-based.</param>
/// <param name="Reference">Upper case.</param>
/// <param name="Alternatives">As written: bases, <c>*</c>, symbolic alleles or breakends.</param>
/// <param name="Filter">As written.</param>
/// <param name="Genotypes">Of the samples asked for, in their order.</param>
/// <param name="Where">File and line, for messages.</param>
public sealed record VcfRecord(
    string Chromosome, long Position, string Reference, IReadOnlyList<string> Alternatives, string Filter,
        IReadOnlyList<Genotype> Genotypes, string Where)
{
    private const int FixedColumns = 9;

    /// <summary>Whether no filter speaks against the record.</summary>
    public bool Passes => Filter is "PASS" or "." or "";

    /// <summary>Reads a line.</summary>
    public static VcfRecord Parse(string line, string where, IReadOnlyList<int> samples, int sampleCount)
    {
        Span<Range> columns = new Range[FixedColumns + sampleCount + 1];
        var count = line.AsSpan().Split(columns, '\t');
        if (count != FixedColumns + sampleCount)
            throw new DataException(
                $"{where}: the record has {count} columns, but the header has {FixedColumns + sampleCount}; the file may be cut off.");
        if (!long.TryParse(line.AsSpan(columns[1]), NumberStyles.None, CultureInfo.InvariantCulture, out var position) || position < 1)
            throw new DataException($"{where}: the position '{line[columns[1]]}' is no whole number of at least 1.");
        var reference = line[columns[3]].ToUpperInvariant();
        if (reference.Length == 0 || reference.AsSpan().ContainsAnyExcept(Iupac.Codes))
            throw new DataException($"{where}: REF is '{line[columns[3]]}', which is no sequence of bases.");
        var alternatives = line[columns[4]].Split(',');
        var format = line.AsSpan(columns[8]);
        if (samples.Count > 0 && !(format.SequenceEqual("GT") || format.StartsWith("GT:")))
            throw new DataException($"{where}: FORMAT is '{format}' but must begin with GT; the record has no genotypes.");
        var genotypes = new Genotype[samples.Count];
        for (var i = 0; i < genotypes.Length; i++)
        {
            var cell = line.AsSpan(columns[FixedColumns + samples[i]]);
            if (!Genotype.TryParse(cell, alternatives.Length, out genotypes[i]))
                throw new DataException($"{where}: sample {samples[i] + 1} has the genotype '{cell}'; it must be one or two of 0 to "
                    + $"{alternatives.Length} or '.', joined by | or /.");
        }
        return new(line[columns[0]], position - 1, reference, alternatives, line[columns[6]], genotypes, where);
    }
}

/// <summary>A sample's two alleles.</summary>
/// <param name="First">0 for REF, 1 and up for ALT, -1 for unknown.</param>
/// <param name="Second">Likewise; <see cref="Absent"/> for a haploid call.</param>
/// <param name="IsPhased">Whether it is known which is on which chromosome: also when the two are equal.</param>
public readonly record struct Genotype(int First, int Second, bool IsPhased)
{
    /// <summary>No second allele: a haploid call.</summary>
    public const int Absent = -2;

    /// <summary>Reads <c>0|1</c>, <c>1/1</c>, <c>.</c>, <c>1</c>, and what follows a colon is left out.</summary>
    public static bool TryParse(ReadOnlySpan<char> cell, int alternatives, out Genotype genotype)
    {
        var colon = cell.IndexOf(':');
        if (colon >= 0) cell = cell[..colon];
        var bar = cell.IndexOfAny('|', '/');
        genotype = default;
        if (!Allele(bar < 0 ? cell : cell[..bar], alternatives, out var first)) return false;
        if (bar < 0)
        {
            genotype = new(first, Absent, true);
            return true;
        }
        if (!Allele(cell[(bar + 1)..], alternatives, out var second)) return false;
        genotype = new(first, second, cell[bar] == '|' || first == second);
        return true;
    }

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
