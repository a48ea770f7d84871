using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Genomics;
using PluginHost.Libs.Genomics.Haplotypes;
using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Plugins.DataTools.Haplotypes;

/// <summary>Options of <c>host data hapt</c>.</summary>
[Example("host data hapt --variants phased.vcf.gz --output real.hapt.gz --legend real.legend")]
[Example("host data hapt --variants phased.vcf.gz --region chr15:27000001-28000000 --output real.hapt")]
internal sealed class HaptOptions : IValidatableObject
{
    [Description("Phased genotypes: VCF, plain or gzip, sorted.")]
    [Required]
    public string Variants { get; set; } = "";

    [Description("The file to write: a haplotype a line, as its group, its name (SAMPLE_A, SAMPLE_B) and for each SNP 0 for the reference "
        + "or 1 for the alternative allele. Packed where its name ends in .gz; - for standard output.")]
    [Required, ValueName("FILE")]
    public string Output { get; set; } = "";

    [Description("Also write this: the SNPs, as id, position, a0 and a1.")]
    [ValueName("FILE")]
    public string? Legend { get; set; }

    [Description("Samples, separated by commas; all unless set.")]
    public string[] Samples { get; set; } = [];

    [Description("Only this stretch, as CHROMOSOME:FIRST-LAST, counted from 1, both included.")]
    public string? Region { get; set; }

    [Description("The group of all haplotypes, the first column.")]
    public string Group { get; set; } = VcfHaplotypeOptions.DefaultGroup;

    [Description("Genotypes that leave open which allele is on which haplotype: heterozygous ones with / in place of | or in another phase "
        + "set (PS) than the chromosome's first, and those with one allele known. fail; reference, both haplotypes have 0; as-written, the "
        + "first allele is the first haplotype's, and an unknown one 0; random, a phase set as a whole.")]
    public Unphased Unphased { get; set; } = Unphased.Fail;

    [Description("Only records whose FILTER is PASS or '.'.")]
    public bool PassOnly { get; set; }

    [Description("What --unphased random draws follows from this alone.")]
    public ulong Seed { get; set; } = 1;

    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Stretch.Complaint(Region) is { } wrong) yield return new(wrong, [nameof(Region)]);
        if (Group.Length == 0 || Group.Any(char.IsWhiteSpace)) yield return new("must be a word without blanks.", [nameof(Group)]);
    }
}
