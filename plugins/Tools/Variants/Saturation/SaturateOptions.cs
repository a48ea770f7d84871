using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files.Tables;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Variants.Saturation;

/// <summary>Options of <c>host variants saturate</c>.</summary>
[Example("host variants saturate runs/fly sites.fa --output mutations")]
[Example("host variants saturate runs/fly genome.fa.gz --region chr2R:5000001-5000080 --output mutations")]
[Example("host variants saturate runs/pretrained sites.fa --output mutations --score likelihood --table parquet")]
public sealed class SaturateOptions : InputOptions
{
    /// <summary>The folder to make.</summary>
    [Required]
    [Description("The folder to make: the table of mutations, report.html, and maps/ with a mutation map of each sequence.")]
    public string Output { get; set; } = "";

    /// <summary>What mutants are told apart by; null for outputs where there are some.</summary>
    [Description("outputs: what each change does to what the model says of the sequence; likelihood: how much likelier a masked or causal "
        + "language model finds it. Outputs where the model has some unless set, otherwise likelihood.")]
    public SaturationScore? Score { get; set; }

    /// <summary>Format of the table.</summary>
    [Description("Format of the table: tsv, csv, jsonl, json or parquet. Default tsv.")]
    public TableKind Table { get; set; } = TableKind.Tsv;

    /// <summary>Which output maps are of.</summary>
    [Description("The class or output that maps show; the one that is predicted for the sequence unless set. The table has all.")]
    public string? Class { get; set; }

    /// <summary>Leaves deletions out.</summary>
    [Description("Substitutions only. Otherwise each base is also taken out, and compared with the sequence without its last base, so that "
        + "both are equally long. Masked likelihoods have no deletions.")]
    public bool NoDeletions { get; set; }

    /// <summary>How many maps.</summary>
    [Range(0, 10_000), Description("Sequences to draw mutation maps of, the first ones. Default 20.")]
    public int Maps { get; set; } = 20;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var wrong in base.Validate(validationContext)) yield return wrong;
        if (Table == TableKind.Bed)
            yield return new("must be tsv, csv, jsonl, json or parquet: mutations are no places.", [nameof(Table)]);
    }
}
