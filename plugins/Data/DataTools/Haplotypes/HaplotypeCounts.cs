namespace PluginHost.Plugins.DataTools.Haplotypes;

/// <summary>What went into a haplotype.</summary>
internal sealed class HaplotypeCounts
{
    /// <summary>Bases of finished records.</summary>
    public long Bases { get; set; }

    /// <summary>Single-base alleles put in.</summary>
    public long Substitutions { get; private set; }

    /// <summary>Alleles longer than the reference put in.</summary>
    public long Insertions { get; private set; }

    /// <summary>Alleles shorter than the reference put in.</summary>
    public long Deletions { get; private set; }

    /// <summary>Alleles of more than one base and the reference's length put in.</summary>
    public long Blocks { get; private set; }

    /// <summary>Alleles left out because one before them had replaced the bases they stand for.</summary>
    public long Overlapping { get; set; }

    /// <summary>Alleles left out because they are no sequence: symbolic, breakends, <c>*</c>.</summary>
    public long NoSequence { get; set; }

    /// <summary>Alleles that are unknown: the reference stays.</summary>
    public long Unknown { get; set; }

    /// <summary>Genotypes of open phase that were settled as asked for.</summary>
    public long Unphased { get; set; }

    /// <summary>Haploid calls, which have no allele for this haplotype: the reference stays, if the haplotype is written at all.</summary>
    public long Haploid { get; set; }

    /// <summary>Counts an allele that was put in.</summary>
    public void Add(string reference, string allele)
    {
        if (allele.Length > reference.Length) Insertions++;
        else if (allele.Length < reference.Length) Deletions++;
        else if (allele.Length == 1) Substitutions++;
        else Blocks++;
    }
}
