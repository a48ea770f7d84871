using System.Globalization;

namespace PluginHost.Libs.Genomics.Variants;

/// <summary>A line of a VCF file.</summary>
/// <param name="Chromosome">As written.</param>
/// <param name="Position">0-based.</param>
/// <param name="Reference">Upper case.</param>
/// <param name="Alternatives">Bases in upper case; <c>*</c>, symbolic alleles and breakends as written. Empty for <c>.</c></param>
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

    /// <summary>One past the last base of the chromosome that the record is about: REF's, or where a symbolic allele says END.</summary>
    public long End { get; private init; } = Position + Reference.Length;

    /// <summary>Reads a line.</summary>
    /// <exception cref="DataException">It is malformed.</exception>
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
        if (!Allele.IsBases(reference))
            throw new DataException($"{where}: REF is '{line[columns[3]]}', which is no sequence of bases.");
        string[] alternatives = line.AsSpan(columns[4]).SequenceEqual(".") ? [] : line[columns[4]].Split(',');
        for (var i = 0; i < alternatives.Length; i++)
            alternatives[i] = Allele.TryRead(alternatives[i])
                ?? throw new DataException($"{where}: ALT is '{line[columns[4]]}', of which '{alternatives[i]}' is neither bases nor '*', "
                    + "a symbol such as <DEL>, or a breakend; correct or remove the record.");
        return new(line[columns[0]], position - 1, reference, alternatives, line[columns[6]],
            ReadGenotypes(line, columns, samples, alternatives.Length, where), where)
        {
            End = Math.Max(position - 1 + reference.Length, alternatives.Any(a => a[0] == '<') ? EndOf(line.AsSpan(columns[7])) : 0),
        };
    }

    private static Genotype[] ReadGenotypes(string line, ReadOnlySpan<Range> columns, IReadOnlyList<int> samples, int alternatives,
        string where)
    {
        var format = line.AsSpan(columns[FixedColumns - 1]);
        if (samples.Count > 0 && !(format.SequenceEqual("GT") || format.StartsWith("GT:")))
            throw new DataException($"{where}: FORMAT is '{format}' but must begin with GT; the record has no genotypes.");
        var set = format.Length > 2 ? IndexOf(format, "PS") is >= 0 and var ps ? ps : IndexOf(format, "PSL") : -1;
        var genotypes = new Genotype[samples.Count];
        for (var i = 0; i < genotypes.Length; i++)
        {
            var cell = line.AsSpan(columns[FixedColumns + samples[i]]);
            if (!Genotype.TryParse(cell, alternatives, out genotypes[i]))
                throw new DataException($"{where}: sample {samples[i] + 1} has the genotype '{Genotype.Part(cell, 0)}'"
                    + (Genotype.Ploidy(cell) is > 2 and var ploidy
                        ? $" of {ploidy} alleles; only haploid and diploid calls are read: leave such samples or records out."
                        : $"; it must be one or two of 0 to {alternatives} or '.', joined by | or /."));
            if (set >= 0 && genotypes[i].IsHeterozygous && Genotype.Part(cell, set) is { Length: > 0 } named && !named.SequenceEqual("."))
                genotypes[i] = genotypes[i] with { PhaseSet = named.ToString() };
        }
        return genotypes;
    }

    private static int IndexOf(ReadOnlySpan<char> format, string key)
    {
        var index = 0;
        foreach (var part in format.Split(':'))
        {
            if (format[part].SequenceEqual(key)) return index;
            index++;
        }
        return -1;
    }

    private static long EndOf(ReadOnlySpan<char> info)
    {
        foreach (var part in info.Split(';'))
            if (info[part] is var field && field.StartsWith("END=")
                && long.TryParse(field[4..], NumberStyles.None, CultureInfo.InvariantCulture, out var end)) return end;
        return 0;
    }
}
