using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Interpret.GGrams;

/// <summary>Options of <c>host interpret ggrams</c>.</summary>
[Example("host interpret ggrams runs/dnazen gue/mouse_2 gue/prom_core_tata --output ggrams")]
[Example("host interpret ggrams runs/dnazen species.csv --by species --output ggrams --cases 3")]
public sealed class GGramOptions : InputOptions
{
    /// <summary>The folder to write.</summary>
    [Required, ValueName("FOLDER"), Description("The folder to write: counts.tsv, frequencies.tsv, cases.tsv, SVG files and report.html.")]
    public string Output { get; set; } = "";

    /// <summary>The field that data sets are told by.</summary>
    [ValueName("FIELD")]
    [Description("The field whose values are the data sets, such as species; unless set each file is one, and train, dev and test of a "
        + "folder are splits of one that is named after the folder.")]
    public string? By { get; set; }

    /// <summary>How many G-grams are drawn.</summary>
    [Range(1, 500), Description("G-grams of the heat map: the most frequent of each data set, as many of each.")]
    public int Top { get; set; } = 30;

    /// <summary>Sequences that are shown one by one.</summary>
    [Range(0, 1000), Description("Sequences that are shown one by one with the attention their G-grams get: the first ones that hold any.")]
    public int Cases { get; set; } = 10;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var wrong in base.Validate(validationContext)) yield return wrong;
        if (BothStrands) yield return new("does not go with G-grams, which are matched in the sequence as it is.", [nameof(BothStrands)]);
    }
}
