namespace PluginHost.Libs.Genomics.Variants;

/// <summary>Decides which allele of a genotype is on which haplotype of one sample, chromosome by chromosome.</summary>
/// <param name="unphased">What is done where the file leaves it open.</param>
/// <param name="seed">What <see cref="Unphased.Random"/> draws follows from this, the sample's place and the phase set.</param>
/// <param name="sample">The sample's name.</param>
/// <param name="number">Its place in the file, for chance.</param>
public sealed class PhaseRule(Unphased unphased, ulong seed, string sample, int number)
{
    private string? set;
    private bool any;

    /// <summary>Forgets the chromosome before.</summary>
    public void Begin() => (set, any) = (null, false);

    /// <summary>The alleles of the first and the second haplotype.</summary>
    /// <param name="variant">The record.</param>
    /// <param name="genotype">The sample's genotype there.</param>
    /// <param name="counts">Whether it touches the stretch that is written: elsewhere nothing open is refused, but left unknown.</param>
    /// <param name="settled">Whether it was open, and settled as asked.</param>
    /// <exception cref="DataException">It is open, and that was to fail.</exception>
    public (int First, int Second) Settle(VcfRecord variant, Genotype genotype, bool counts, out bool settled)
    {
        var (a, b) = (genotype.First, genotype.Second);
        settled = false;
        if (unphased == Unphased.Fail && !counts)
            return genotype.IsHalfKnown || (genotype.IsHeterozygous && !genotype.IsPhased) ? (-1, -1) : (a, b);
        settled = Open(genotype) is not null;
        if (!settled) return (a, b);
        if (unphased == Unphased.Fail)
            throw new DataException($"{variant.Where}: sample '{sample}' is {Written(genotype)}, {Open(genotype)}; phase the file "
                + "(shapeit, beagle), or settle it with --unphased reference, as-written or random.");
        if (unphased == Unphased.Reference) return (0, 0);
        return unphased == Unphased.Random && Draw(variant, genotype) ? (b, a) : (a, b);
    }

    /// <summary>What a genotype leaves open, as the end of a sentence; null where it leaves nothing open.</summary>
    private string? Open(Genotype genotype)
    {
        if (genotype.IsHaploid || genotype.IsUnknown) return null;
        if (genotype.IsHalfKnown) return "of which one allele is unknown";
        if (!genotype.IsHeterozygous) return null;
        if (!genotype.IsPhased) return "and / leaves open which allele is on which haplotype";
        if (!any) (set, any) = (genotype.PhaseSet, true);
        return genotype.PhaseSet == set ? null
            : $"in {Named(genotype.PhaseSet)}, but {Named(set)} came before on this chromosome, and nothing says which haplotype "
                + "of the one goes with which of the other";
    }

    /// <summary>Whether the haplotypes are exchanged: a phase set as a whole.</summary>
    private bool Draw(VcfRecord variant, Genotype genotype) => !(genotype.IsPhased && genotype.IsHalfKnown)
        && new SeededRandom(seed, genotype.IsPhased ? Hash(genotype.PhaseSet ?? "") : (ulong)variant.Position, (ulong)number)
            .Next(2) == 1;

    private static string Named(string? set) => set is null ? "no phase set" : $"phase set {set}";

    private static string Written(Genotype genotype) =>
        $"{Letter(genotype.First)}{(genotype.IsPhased ? '|' : '/')}{Letter(genotype.Second)}";

    private static string Letter(int allele) => allele < 0 ? "." : $"{allele}";

    /// <summary>The same everywhere, unlike a string's own (FNV-1a).</summary>
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }
}
