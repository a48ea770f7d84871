using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Genomics;

namespace PluginHost.Libs.Tools.Input;

/// <summary>The options that tools with a model and sequences have in common; see <see cref="ToolInput"/>.</summary>
public abstract class InputOptions : IValidatableObject
{
    /// <summary>The model.</summary>
    [Description("A run folder, a model folder or an imported one. In a pipeline it is left out: the model trained before.")]
    [Positional("MODEL")]
    public string Model { get; set; } = "";

    /// <summary>The sequences.</summary>
    [Required, MinLength(1)]
    [Description(
        "The sequences: files or folders of any format that a plugin reads, such as FASTA or tables, - for standard input; or BED or "
        + "GFF of places or VCF of variants, with --genome; * and ? stand for parts of a name.")]
    [Positional("INPUT")]
    public string[] Input { get; set; } = [];

    /// <summary>Options of the data source.</summary>
    [ValueName("KEY=VALUE")]
    [Description("An option of the data source, such as sequence=DNA or how=tiles; use=NAME names another source. May be repeated.")]
    public string[] Data { get; set; } = [];

    /// <summary>Fields of samples.</summary>
    [ValueName("NAME=VALUE"), Description(GivenFields.Help)]
    public string[] Field { get; set; } = [];

    /// <summary>The genome that places lie on.</summary>
    [ValueName("FILE")]
    [Description("The genome that the places or variants of INPUT lie on: a FASTA file.")]
    public string? Genome { get; set; }

    /// <summary>Stretches of genomes.</summary>
    [ValueName("CHROMOSOME:FIRST-LAST")]
    [Description("Only this stretch of INPUT, a genome: CHROMOSOME:FIRST-LAST, counted from 1, both included. May be repeated.")]
    public string[] Region { get; set; } = [];

    /// <summary>Bases around the middle of a place.</summary>
    [Range(1, 1 << 28)]
    [Description("With places: so many bases around the middle of each; the places as they are unless set. Variants need it.")]
    public int? Window { get; set; }

    /// <summary>Reads both strands.</summary>
    [Description("Read each sequence forward and as its reverse complement; what is written is the mean.")]
    public bool BothStrands { get; set; }

    /// <summary>Where it is computed.</summary>
    [Description("auto, cpu or cuda:N; in a pipeline the run's.")]
    public string Device { get; set; } = "auto";

    /// <summary>Size of batches.</summary>
    [Range(1, 1 << 28), Description("Padded tokens computed at once; as the model was trained unless set.")]
    public int? BatchTokens { get; set; }

    /// <summary>Replaces what is there.</summary>
    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var wrong in Region.Select(Stretch.Complaint).OfType<string>()) yield return new(wrong, [nameof(Region)]);
        if (Region.Length > 0 && Data.Length > 0)
            yield return new("goes with whole stretches of a genome, which no data source cuts; leave one of the two out.", [nameof(Data)]);
    }
}
