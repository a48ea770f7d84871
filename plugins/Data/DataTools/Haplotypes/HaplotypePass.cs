using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Plugins.DataTools.Haplotypes;

/// <summary>One reading of the variants, which writes the haplotypes of some samples.</summary>
internal sealed class HaplotypePass(FastaFile genome, VcfFile vcf, HaplotypeOptions options, ToolRun run)
{
    private readonly Dictionary<string, FastaRecord> records = genome.Records.ToDictionary(r => r.Name, StringComparer.Ordinal);
    private readonly Stretch? region = options.Region is { } written ? Stretch.TryParse(written) : null;

    /// <summary>Writes.</summary>
    /// <param name="samples">By index.</param>
    /// <param name="haplotypes">Two for each sample.</param>
    /// <param name="cancellation">Asks to stop.</param>
    public void Run(IReadOnlyList<int> samples, IReadOnlyList<Haplotype> haplotypes, CancellationToken cancellation)
    {
        var only = region is null ? null : Genome.Find(records, region.Chromosome, "--region", genome.Path);
        if (only is not null && region!.End > only.Length)
            throw new DataException($"--region {options.Region}: '{only.Name}' has {only.Length:N0} bases in {DataFile.Show(genome.Path)}; "
                + "end at or before that.");
        FastaRecord? at = null;
        var (name, any) = ("", false);
        foreach (var variant in vcf.Records(samples))
        {
            cancellation.ThrowIfCancellationRequested();
            if (variant.Chromosome != name)
            {
                End(at, haplotypes);
                name = variant.Chromosome;
                at = only is null ? Genome.Find(records, name, variant.Where, genome.Path)
                    : Genome.TryFind(records, name) == only ? only : null;
                Begin(at, haplotypes);
                any |= at is not null;
            }
            if (at is null || (region is not null
                && (variant.Position < region.Start || variant.Position + variant.Reference.Length > region.End))) continue;
            Check(variant, at);
            if (options.PassOnly && !variant.Passes) continue;
            for (var i = 0; i < samples.Count; i++) Apply(variant, i, samples[i], haplotypes);
            run.Progress($"bases of {at.Name} written for {haplotypes.Count:N0} haplotypes", variant.Position, at.Length);
        }
        End(at, haplotypes);
        if (!any) throw new DataException($"{DataFile.Show(vcf.Path)} has no variants{(region is null ? "" : $" on {region.Chromosome}")}, "
            + "so there is nothing to write.");
    }

    private void Begin(FastaRecord? record, IReadOnlyList<Haplotype> haplotypes)
    {
        if (record is null) return;
        Disk.Guard(options.Output, () =>
        {
            foreach (var haplotype in haplotypes) haplotype.Begin(record, region?.Start ?? 0, region?.End ?? record.Length);
        });
    }

    private void End(FastaRecord? record, IReadOnlyList<Haplotype> haplotypes)
    {
        if (record is null) return;
        Disk.Guard(options.Output, () =>
        {
            foreach (var haplotype in haplotypes) haplotype.End();
        });
    }

    /// <summary>
    /// A reference that differs means another assembly, or positions counted otherwise. Codes other than A, C, G and T in the FASTA leave
    /// it open.
    /// </summary>
    private void Check(VcfRecord variant, FastaRecord record)
    {
        if (variant.Position + variant.Reference.Length > record.Length)
            throw new DataException($"{variant.Where}: position {variant.Position + 1:N0} with REF '{variant.Reference}' lies beyond the "
                + $"end of '{record.Name}', which has {record.Length:N0} bases in {DataFile.Show(genome.Path)}; is the VCF of "
                + "another assembly?");
        var bases = genome.Read(record, variant.Position, variant.Reference.Length);
        for (var i = 0; i < bases.Length; i++)
            if (bases[i] != variant.Reference[i] && IsBase(bases[i]) && IsBase(variant.Reference[i]))
                throw new DataException(
                    $"{variant.Where}: REF is '{Short(variant.Reference)}' at {variant.Chromosome}:{variant.Position + 1}, but "
                        + $"{DataFile.Show(genome.Path)} has '{Short(bases)}' there (the bases differ at position "
                        + $"{variant.Position + i + 1:N0}); is the VCF of another assembly?");
    }

    private static bool IsBase(char code) => code is 'A' or 'C' or 'G' or 'T';

    private static string Short(string bases) => bases.Length <= 20 ? bases : bases[..20] + "...";

    private void Apply(VcfRecord variant, int i, int sample, IReadOnlyList<Haplotype> haplotypes)
    {
        var (first, second) = (haplotypes[2 * i], haplotypes[2 * i + 1]);
        var genotype = variant.Genotypes[i];
        var (a, b) = (genotype.First, genotype.Second);
        if (!genotype.IsPhased && a >= 0 && b >= 0)
        {
            if (options.Unphased == Unphased.Fail)
                throw new DataException($"{variant.Where}: sample '{vcf.Samples[sample]}' is {a}/{b}, and / leaves open which allele is on "
                    + "which haplotype; phase the file (shapeit, beagle), or settle it with --unphased reference, as-written or random.");
            if (options.Unphased == Unphased.Reference) (a, b) = (0, 0);
            else if (options.Unphased == Unphased.Random
                && new SeededRandom(options.Seed, (ulong)variant.Position, (ulong)sample).Next(2) == 1) (a, b) = (b, a);
            first.Unphased++;
            second.Unphased++;
        }
        Put(variant, a, first);
        if (b != Genotype.Absent) Put(variant, b, second);
    }

    private void Put(VcfRecord variant, int allele, Haplotype haplotype)
    {
        if (allele < 0) haplotype.Unknown++;
        if (allele > 0) Disk.Guard(options.Output, () => haplotype.Apply(variant, variant.Alternatives[allele - 1]));
    }
}
