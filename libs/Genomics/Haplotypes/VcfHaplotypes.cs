using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Libs.Genomics.Haplotypes;

/// <summary>
/// Reads a phased VCF as haplotypes: 0 the reference, 1 the alternative allele of each SNP of two alleles. The file is read record by
/// record; a bit for each allele is kept. Haplotypes are named SAMPLE_A and SAMPLE_B, as Yelmen et al. (2021) do.
/// </summary>
public sealed class VcfHaplotypes
{
    private readonly VcfFile vcf;
    private readonly VcfHaplotypeOptions options;
    private readonly List<int> numbers;
    private readonly PhaseRule[] phases;
    private readonly List<HaplotypeSite> sites = [];
    private readonly List<ulong[]> columns = [];
    private bool[]? haploid;
    private int[] rows = [];

    private VcfHaplotypes(VcfFile vcf, VcfHaplotypeOptions options)
    {
        (this.vcf, this.options) = (vcf, options);
        numbers = Numbers();
        phases = [.. numbers.Select(n => new PhaseRule(options.Unphased, options.Seed, vcf.Samples[n], n))];
    }

    /// <summary>Records that became no column.</summary>
    public LeftOutSites LeftOut { get; } = new();

    /// <summary>Genotypes of open phase that were settled as asked.</summary>
    public long Settled { get; private set; }

    /// <summary>Whether a file's name says that it is a VCF.</summary>
    public static bool IsNamed(string path) => path.EndsWith(".vcf", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(".vcf.gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads it.</summary>
    /// <param name="path">Plain or gzip, sorted.</param>
    /// <param name="options">What of it.</param>
    /// <param name="read">Is given what was left out and settled; null where nobody asks.</param>
    /// <param name="progress">Is told records read; null for nobody.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="DataException">A record is malformed, a genotype leaves its phase open, or no SNP is left.</exception>
    public static HaplotypeRows Read(string path, VcfHaplotypeOptions options, Action<VcfHaplotypes>? read = null,
        Action<string, long, long?>? progress = null, CancellationToken cancellation = default)
    {
        var file = new VcfHaplotypes(VcfFile.Open(path), options);
        var rows = file.Rows(progress, cancellation);
        read?.Invoke(file);
        return rows;
    }

    private HaplotypeRows Rows(Action<string, long, long?>? progress, CancellationToken cancellation)
    {
        var (chromosome, count) = ("", 0L);
        foreach (var record in vcf.Records(numbers))
        {
            cancellation.ThrowIfCancellationRequested();
            if (chromosome != record.Chromosome) foreach (var phase in phases) phase.Begin();
            chromosome = record.Chromosome;
            progress?.Invoke($"records of {DataFile.Show(vcf.Path)}", ++count, null);
            if (options.Region is { } only && !(only.Chromosome == record.Chromosome && only.Touches(record))) continue;
            if (options.PassOnly && !record.Passes) LeftOut.Filtered++;
            else if (record.Alternatives.Count != 1) LeftOut.NotBiallelic++;
            else if (record.Reference.Length != 1 || !Allele.IsBases(record.Alternatives[0]) || record.Alternatives[0].Length != 1)
                LeftOut.NoSnp++;
            else Add(record);
        }
        if (sites.Count == 0)
            throw new DataException($"{DataFile.Show(vcf.Path)} has no phased SNP of two alleles"
                + (options.Region is { } place ? $" in {place.Chromosome}:{place.Start + 1}-{place.End}" : "")
                + $"; {LeftOut.Sentence ?? "is it the right file?"}");
        var bits = BitMatrix.Of(columns, rows[^1]).Transposed();
        return new(bits, [.. Enumerable.Repeat(options.Group, bits.Rows)],
            [.. numbers.SelectMany((n, i) => haploid![i] ? [vcf.Samples[n]] : (string[])[vcf.Samples[n] + "_A", vcf.Samples[n] + "_B"])],
            sites);
    }

    private void Add(VcfRecord record)
    {
        if (record.Genotypes.Any(g => g.IsUnknown))
        {
            LeftOut.Unknown++;
            return;
        }
        if (haploid is null) Begin(record);
        var column = new ulong[BitMatrix.WordsOf(rows[^1])];
        for (var i = 0; i < numbers.Count; i++)
        {
            var genotype = record.Genotypes[i];
            if (genotype.IsHaploid != haploid![i])
                throw new DataException($"{record.Where}: sample '{vcf.Samples[numbers[i]]}' has "
                    + $"{(genotype.IsHaploid ? "one allele here and two" : "two alleles here and one")} before; take parts of one ploidy "
                    + "with --region, or leave the sample out.");
            var (a, b) = phases[i].Settle(record, genotype, true, out var settled);
            if (settled) Settled++;
            if (a > 0) column[rows[i] / BitMatrix.WordBits] |= 1UL << rows[i];
            if (b > 0) column[(rows[i] + 1) / BitMatrix.WordBits] |= 1UL << (rows[i] + 1);
        }
        sites.Add(new(record.Chromosome, record.Position, record.Reference, record.Alternatives[0]));
        columns.Add(column);
    }

    /// <summary>The first record says which samples have one haplotype.</summary>
    private void Begin(VcfRecord first)
    {
        haploid = [.. first.Genotypes.Select(g => g.IsHaploid)];
        rows = new int[haploid.Length + 1];
        for (var i = 0; i < haploid.Length; i++) rows[i + 1] = rows[i] + (haploid[i] ? 1 : 2);
    }

    private List<int> Numbers()
    {
        if (options.Samples.Count == 0) return [.. Enumerable.Range(0, vcf.Samples.Count)];
        return [.. options.Samples.Distinct().Select(name => vcf.Samples.ToList().IndexOf(name) is >= 0 and var at ? at
            : throw new DataException($"--samples: {DataFile.Show(vcf.Path)} has no sample '{name}'{Nearest.Hint(name, vcf.Samples)}; it "
                + $"has: {NameList.Shorten([.. vcf.Samples])}."))];
    }
}
