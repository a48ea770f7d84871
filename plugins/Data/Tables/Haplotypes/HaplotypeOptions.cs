using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Tables.Haplotypes;

/// <summary>Options of the <c>haplotypes</c> source.</summary>
internal sealed class HaplotypeOptions : IValidatableObject
{
    [Description("A .hapt file, plain or gzip: a haplotype a line, as the name of its group, its own name and a 0 or 1 for each SNP, with "
        + "blanks between them (Yelmen et al. 2021). It serves as whichever split is asked for, or is divided with devShare or testShare.")]
    [Required, MinLength(1)]
    public string Path { get; set; } = "";

    [Description("Share of the haplotypes held out for development, group by group, equal haplotypes together.")]
    [Range(0.0, 0.9)]
    public double DevShare { get; set; }

    [Description("Share held out for test, likewise.")]
    [Range(0.0, 0.9)]
    public double TestShare { get; set; }

    [Description("Which haplotypes are held out follows from this alone, so that runs with different seeds hold out the same.")]
    public ulong SplitSeed { get; set; } = 1;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DevShare + TestShare >= 1) yield return new("and devShare leave nothing to train on.", [nameof(TestShare)]);
    }
}
