namespace PluginHost.Libs.Genomics.Variants;

/// <summary>What is done about genotypes that leave open which allele is on which haplotype.</summary>
public enum Unphased
{
    /// <summary>The run fails.</summary>
    Fail,

    /// <summary>Both haplotypes keep the reference there.</summary>
    Reference,

    /// <summary>The first allele written is on the first haplotype.</summary>
    AsWritten,

    /// <summary>Which allele is on which haplotype is drawn, for a phase set as a whole.</summary>
    Random,
}
