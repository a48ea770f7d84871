using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Genomics;
using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Plugins.Population;

/// <summary>Which haplotypes the axes of the principal components are those of.</summary>
public enum ComponentsOf
{
    /// <summary>The real ones: a set's figures do not depend on which others are given.</summary>
    Real,

    /// <summary>All together, as Yelmen et al. (2021) do.</summary>
    All,
}

/// <summary>Options of <c>host population compare</c>.</summary>
[Example("host population compare --real real.hapt.gz --artificial gan.hapt.gz --artificial ours.hapt --output comparison")]
[Example("host population compare --real held-out.hapt --train train.hapt --artificial ours.hapt --legend snps.legend --output comparison")]
[Example("host population compare --real phased.vcf.gz --region chr15:27000001-28000000 --artificial ours.hapt --output comparison")]
public sealed class CompareOptions : IValidatableObject
{
    /// <summary>What is compared with.</summary>
    [Required, MinLength(1), ValueName("FILE")]
    [Description("Real haplotypes: .hapt, .vcf (phased), either packed. May be repeated: the files are one set.")]
    public string[] Real { get; set; } = [];

    /// <summary>What is compared.</summary>
    [Required, MinLength(1), ValueName("FILE")]
    [Description("Artificial haplotypes on the same SNPs, likewise. May be repeated: each file is a set of its own.")]
    public string[] Artificial { get; set; } = [];

    /// <summary>Their names.</summary>
    [ValueName("NAME"), Description("Names of the artificial sets, in their order, separated by commas; the files' unless set.")]
    public string[] Names { get; set; } = [];

    /// <summary>What generators have seen.</summary>
    [ValueName("FILE")]
    [Description("The real haplotypes that the generator was trained on, for copies of them and the privacy loss; --real serves "
        + "unless set. May be repeated: the files are one set.")]
    public string[] Train { get; set; } = [];

    /// <summary>The folder to write.</summary>
    [Required, ValueName("FOLDER")]
    [Description("The folder to write: figures.tsv, allele-frequencies.tsv, ld-decay.tsv, ld-map.tsv, distances.tsv, nearest.tsv, "
        + "pca.tsv, report.html and its figures as SVG.")]
    public string Output { get; set; } = "";

    /// <summary>The SNPs.</summary>
    [ValueName("FILE")]
    [Description("The SNPs as id, position, a0 and a1 with blanks between, for distances in bases; those of a VCF unless set.")]
    public string? Legend { get; set; }

    /// <summary>A stretch.</summary>
    [ValueName("CHROMOSOME:FIRST-LAST"), Description("Of VCF only this stretch, counted from 1, both included.")]
    public string? Region { get; set; }

    /// <summary>Open phase.</summary>
    [Description("Genotypes of VCF that leave open which allele is on which haplotype: fail, reference, as-written or random.")]
    public Unphased Unphased { get; set; } = Unphased.Fail;

    /// <summary>Filters.</summary>
    [Description("Of VCF only records whose FILTER is PASS or '.'.")]
    public bool PassOnly { get; set; }

    /// <summary>Principal components.</summary>
    [Range(1, 20), Description("Principal components.")]
    public int Components { get; set; } = 6;

    /// <summary>Whose axes.</summary>
    [Description("Whose components: real, those of the real haplotypes, on which all are laid; or all, of all sets together.")]
    public ComponentsOf ComponentsOf { get; set; } = ComponentsOf.Real;

    /// <summary>Rare alleles.</summary>
    [Range(0.0, 1.0), Description("Allele frequencies are also compared at SNPs where that of allele 1 is under this in the real ones.")]
    public double Rare { get; set; } = 0.2;

    /// <summary>Resamples.</summary>
    [Range(0, 10_000)]
    [Description("How often haplotypes are drawn again for the intervals (95 %, percentiles), 40 times or more; 0 for none.")]
    public int Bootstrap { get; set; } = 200;

    /// <summary>Seed.</summary>
    [Description("All that is drawn follows from this.")]
    public ulong Seed { get; set; } = 1;

    /// <summary>Replaces what is there.</summary>
    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Stretch.Complaint(Region) is { } wrong) yield return new(wrong, [nameof(Region)]);
        if (Bootstrap is > 0 and < 40)
            yield return new("must be 0 or at least 40: fewer draws have no 2.5th percentile.", [nameof(Bootstrap)]);
    }
}
