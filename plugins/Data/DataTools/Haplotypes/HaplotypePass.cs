using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Plugins.DataTools.Haplotypes;

/// <summary>One reading of the variants, which writes the haplotypes of some samples.</summary>
internal sealed class HaplotypePass(FastaFile genome, VcfFile vcf, HaplotypeOptions options, ToolRun run)
{
    private readonly Genome records = new(genome);
    private readonly Stretch? region = options.Region is { } written ? Stretch.TryParse(written) : null;

    /// <summary>Records with bases where the FASTA has N or another code, so that nothing says whether they fit.</summary>
    public long Unchecked { get; private set; }

    /// <summary>
    /// Records of the genome that the variants do not speak of, which are not written; none where a region was asked for.
    /// </summary>
    public IReadOnlyList<string> Untouched { get; private set; } = [];

    /// <summary>Writes.</summary>
    /// <param name="numbers">The samples by index.</param>
    /// <param name="samples">Their haplotypes.</param>
    /// <param name="cancellation">Asks to stop.</param>
    public void Run(IReadOnlyList<int> numbers, IReadOnlyList<SampleHaplotypes> samples, CancellationToken cancellation)
    {
        var only = region is null ? null : records.Find(region.Chromosome, "--region");
        if (only is not null && region!.End > only.Length)
            throw new DataException($"--region {options.Region}: '{only.Name}' has {only.Length:N0} bases in {DataFile.Show(genome.Path)}; "
                + "end at or before that.");
        var done = new Dictionary<FastaRecord, string>((IEqualityComparer<FastaRecord>)ReferenceEqualityComparer.Instance);
        FastaRecord? at = null;
        var (name, stretch) = ("", new Stretch("", 0, 0));
        foreach (var variant in vcf.Records(numbers))
        {
            cancellation.ThrowIfCancellationRequested();
            if (variant.Chromosome != name)
            {
                End(at, samples);
                name = variant.Chromosome;
                at = only is null ? records.Find(name, variant.Where) : records.TryFind(name, variant.Where) == only ? only : null;
                if (at is not null)
                {
                    if (!done.TryAdd(at, name))
                        throw new DataException($"{variant.Where}: '{name}' and '{done[at]}' before it are both '{at.Name}' in "
                            + $"{DataFile.Show(genome.Path)}; give the chromosome one name (bcftools annotate --rename-chrs) and sort the "
                            + "file.");
                    stretch = region ?? new(at.Name, 0, at.Length);
                    foreach (var sample in samples) sample.Begin(at, stretch);
                }
            }
            if (at is null || variant.Position >= stretch.End && region is not null) continue;
            if (region is null || stretch.Touches(variant)) Check(variant, at);
            if (options.PassOnly && !variant.Passes) continue;
            Disk.Guard(options.Output, () =>
            {
                for (var i = 0; i < samples.Count; i++) samples[i].Apply(variant, variant.Genotypes[i]);
            });
            run.Progress($"bases of {at.Name} written for {2 * samples.Count:N0} haplotypes", variant.Position, at.Length);
        }
        End(at, samples);
        if (region is null) Untouched = [.. genome.Records.Where(r => !done.ContainsKey(r)).Select(r => r.Name)];
        if (done.Count == 0)
            throw new DataException($"{DataFile.Show(vcf.Path)} has no variants{(region is null ? "" : $" on {region.Chromosome}")}, so "
                + "there is nothing to write.");
    }

    private void End(FastaRecord? record, IReadOnlyList<SampleHaplotypes> samples)
    {
        if (record is null) return;
        Disk.Guard(options.Output, () =>
        {
            foreach (var sample in samples) sample.End();
        });
    }

    /// <summary>
    /// A reference that differs means another assembly, or positions counted otherwise. Codes other than A, C, G and T in the FASTA leave
    /// it open.
    /// </summary>
    private void Check(VcfRecord variant, FastaRecord record)
    {
        if (variant.Position + variant.Reference.Length > record.Length)
            throw new DataException(
                $"{variant.Where}: position {variant.Position + 1:N0} with REF '{Short(variant.Reference)}' lies beyond "
                + $"the end of '{record.Name}', which has {record.Length:N0} bases in {DataFile.Show(genome.Path)}; is the VCF of "
                + "another assembly?");
        var bases = genome.Read(record, variant.Position, variant.Reference.Length);
        if (bases.Any(b => !IsBase(b))) Unchecked++;
        for (var i = 0; i < bases.Length; i++)
            if (bases[i] != variant.Reference[i] && IsBase(bases[i]) && IsBase(variant.Reference[i]))
                throw new DataException(
                    $"{variant.Where}: REF is '{Short(variant.Reference)}' at {variant.Chromosome}:{variant.Position + 1}, but "
                        + $"{DataFile.Show(genome.Path)} has '{Short(bases)}' there (the bases differ at position "
                        + $"{variant.Position + i + 1:N0}); is the VCF of another assembly?");
    }

    private static bool IsBase(char code) => code is 'A' or 'C' or 'G' or 'T';

    private static string Short(string bases) => bases.Length <= 20 ? bases : bases[..20] + "...";
}
