using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Genomics;
using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Plugins.DataTools.Haplotypes;

/// <summary>Options of <c>host data haplotypes</c>.</summary>
[Example("host data haplotypes --genome genome.fa --variants phased.vcf.gz --output haplotypes")]
[Example("host data haplotypes --genome genome.fa --variants phased.vcf.gz --samples NA12878,NA12889 --region chr20:1000001-4000000 "
    + "--output haplotypes")]
internal sealed class HaplotypeOptions : IValidatableObject
{
    [Description("The reference genome: a FASTA file.")]
    [Required]
    public string Genome { get; set; } = "";

    [Description("Phased genotypes: VCF, plain or gzip, sorted, on the reference.")]
    [Required]
    public string Variants { get; set; } = "";

    [Description("The folder to make: SAMPLE.1.fa and SAMPLE.2.fa, and haplotypes.tsv with what went into each. Where all of a sample's "
        + "calls are haploid there is no second sequence.")]
    [Required]
    public string Output { get; set; } = "";

    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }

    [Description("Samples, separated by commas; all unless set.")]
    public string[] Samples { get; set; } = [];

    [Description("Only this stretch, as CHROMOSOME:FIRST-LAST, counted from 1, both included; whole chromosomes with variants unless set.")]
    public string? Region { get; set; }

    [Description("Genotypes that leave open which allele is on which haplotype: heterozygous ones with / in place of | or in another phase "
        + "set (PS) than the chromosome's first, and those with one allele known. fail; reference, both haplotypes keep the reference; "
        + "as-written, the first allele is the first haplotype's, and an unknown one the reference; random, a phase set as a whole.")]
    public Unphased Unphased { get; set; } = Unphased.Fail;

    [Description("Only records whose FILTER is PASS or '.'.")]
    public bool PassOnly { get; set; }

    [Description("Pack the files as bgzip.")]
    public bool Pack { get; set; }

    [Description("What --unphased random draws follows from this alone.")]
    public ulong Seed { get; set; } = 1;

    /// <summary>The full path of the folder, checked.</summary>
    internal string Folder { get; private set; } = "";

    /// <summary>Turns the paths as they are written into those of files, and refuses an output that cannot be written.</summary>
    internal void Locate(ToolRun run)
    {
        Genome = run.Input(Genome);
        Variants = run.Input(Variants);
        Output = run.Output(Output);
        Folder = ToolRun.Folder(Output, Force, HaplotypeTool.Made, [Genome, Variants]);
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Stretch.Complaint(Region) is { } wrong) yield return new(wrong, [nameof(Region)]);
    }
}
