using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Genomics;
using PluginHost.Libs.Genomics.Haplotypes;
using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Plugins.Tables.Haplotypes;

/// <summary>Options of the <c>haplotypes</c> source.</summary>
internal sealed class HaplotypeOptions : IValidatableObject
{
    [Description("A .hapt file, plain or gzip: a haplotype a line, as the name of its group, its own name and a 0 or 1 for each SNP, with "
        + "blanks between them (Yelmen et al. 2021); or phased genotypes as VCF, .vcf or .vcf.gz, of which each SNP of two alleles becomes "
        + "a 0 for the reference or a 1. It serves as whichever split is asked for, or is divided with devShare or testShare.")]
    [Required, MinLength(1)]
    public string Path { get; set; } = "";

    [Description("Of a VCF only this stretch: CHROMOSOME:FIRST-LAST, counted from 1, both included.")]
    public string? Region { get; set; }

    [Description("Of a VCF: genotypes that leave open which allele is on which haplotype. fail; reference; as-written; or random.")]
    public Unphased Unphased { get; set; } = Unphased.Fail;

    [Description("Of a VCF: the group, which is the label, of all haplotypes.")]
    public string Group { get; set; } = VcfHaplotypeOptions.DefaultGroup;

    [Description("Share of the haplotypes held out for development, group by group, equal haplotypes together.")]
    [Range(0.0, 0.9)]
    public double DevShare { get; set; }

    [Description("Share held out for test, likewise.")]
    [Range(0.0, 0.9)]
    public double TestShare { get; set; }

    [Description("Which haplotypes are held out, and what random draws, follows from this alone: runs with different seeds hold out the "
        + "same.")]
    public ulong SplitSeed { get; set; } = 1;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DevShare + TestShare >= 1) yield return new("and devShare leave nothing to train on.", [nameof(TestShare)]);
        if (Stretch.Complaint(Region) is { } wrong) yield return new(wrong, [nameof(Region)]);
        if (Region is not null && !VcfHaplotypes.IsNamed(Path))
            yield return new("is for a VCF; a .hapt file has no places.", [nameof(Region)]);
    }
}
