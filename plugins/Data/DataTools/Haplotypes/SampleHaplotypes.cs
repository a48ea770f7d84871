using PluginHost.Libs.Genomics;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Plugins.DataTools.Haplotypes;

/// <summary>The two haplotypes of a sample. Where all its calls are haploid there is no second.</summary>
/// <param name="first">The first.</param>
/// <param name="second">The second.</param>
/// <param name="phase">Which allele goes where.</param>
internal sealed class SampleHaplotypes(Haplotype first, Haplotype second, PhaseRule phase)
{
    private Stretch stretch = new("", 0, 0);
    private string chromosome = "";
    private long haploid;
    private bool diploid;

    /// <summary>The first and the second.</summary>
    public IReadOnlyList<Haplotype> Both => [first, second];

    /// <summary>Chromosomes on which all calls were haploid: they have no second sequence.</summary>
    public List<string> Haploid { get; } = [];

    /// <summary>Chromosomes on which some calls were haploid and some diploid, with the number of haploid ones.</summary>
    public List<(string Chromosome, long Calls)> Mixed { get; } = [];

    /// <summary>Names the chromosome that comes, and the stretch of it to write.</summary>
    public void Begin(FastaRecord record, Stretch wanted)
    {
        (chromosome, stretch, haploid, diploid) = (record.Name, wanted, 0, false);
        phase.Begin();
        foreach (var haplotype in Both) haplotype.Expect(record, wanted);
    }

    /// <summary>Puts the alleles of a record in.</summary>
    public void Apply(VcfRecord variant, Genotype genotype)
    {
        var counts = stretch.Touches(variant);
        var (a, b) = phase.Settle(variant, genotype, counts, out var settled);
        if (counts)
        {
            if (genotype.IsHaploid && !genotype.IsUnknown) haploid++;
            if (!genotype.IsHaploid && !genotype.IsUnknown) diploid = true;
            if (settled) foreach (var haplotype in Both) haplotype.Counts.Unphased++;
        }
        Put(variant, a, first, counts);
        Put(variant, b, second, counts);
    }

    /// <summary>Ends the chromosome.</summary>
    public void End()
    {
        first.End();
        if (haploid > 0 && !diploid)
        {
            Haploid.Add(chromosome);
            return;
        }
        second.End();
        second.Counts.Haploid += haploid;
        if (haploid > 0) Mixed.Add((chromosome, haploid));
    }

    private static void Put(VcfRecord variant, int allele, Haplotype haplotype, bool counts)
    {
        if (allele == -1 && counts) haplotype.Counts.Unknown++;
        if (allele > 0) haplotype.Apply(variant, variant.Alternatives[allele - 1]);
    }
}
