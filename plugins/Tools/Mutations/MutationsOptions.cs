using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Mutations;

/// <summary>Options of <c>host mutations</c>.</summary>
[Example("host mutations run parents.fa --output mutations")]
[Example("host mutations run parents.fa --noise-model noise-run --truth pairs/test.csv --train pairs/train.csv --output mutations")]
internal sealed class MutationsOptions : InputOptions
{
    [Description("The folder to make: candidates.tsv, mutations.tsv, with --truth metrics.tsv, sites.tsv and figures, and report.html.")]
    [Required]
    public string Output { get; set; } = "";

    [Description("Beams, and candidates written for a parent.")]
    [Range(1, 1000)]
    public int Beams { get; set; } = 5;

    [Description("Power of a candidate's length that its log-probability is divided by while beams are searched; 0 for none.")]
    [Range(0.0, 5.0)]
    public double LengthPenalty { get; set; }

    [Description("Write children with exactly as many bases as their parent, as the paper does, whether or not the model would end there.")]
    public bool SameLength { get; set; }

    [Description("A model that tells sequences with sequencing noise (host data noise, classify): the candidate least likely to be noisy "
        + "is ranked first. Without it the likeliest is.")]
    public string? NoiseModel { get; set; }

    [Description("The output of --noise-model that means noise; 0 is what host data noise writes.")]
    [Required]
    public string NoiseOutput { get; set; } = "0";

    [Description("Table of true pairs; all children of a parent that INPUT has are looked for. Without it the column --child-column of "
        + "INPUT, where it has one.")]
    public string? Truth { get; set; }

    [Description("Table of the pairs the model was trained on, for the baseline of their most frequent mutations.")]
    public string? Train { get; set; }

    [Description("Column of the parents in --truth and --train.")]
    [Required]
    public string ParentColumn { get; set; } = "parent";

    [Description("Column of the children.")]
    [Required]
    public string ChildColumn { get; set; } = "child";

    [Description("Place in a codon of the first base of a parent, 1 to 3, for the changes of amino acids; none are told without it.")]
    [Range(1, 3)]
    public int? Frame { get; set; }

    [Description("Resamples of the cases for the intervals of figures.")]
    [Range(100, 1_000_000)]
    public int Resamples { get; set; } = 1000;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext)) yield return problem;
        if (BothStrands) yield return new("does not go with mutations, which are those of a strand.", [nameof(BothStrands)]);
    }
}
