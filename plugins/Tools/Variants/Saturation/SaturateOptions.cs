using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Variants.Saturation;

/// <summary>Options of <c>host variants saturate</c>.</summary>
[Example("host variants saturate runs/fly sites.fa --output mutations")]
[Example("host variants saturate runs/fly genome.fa.gz --region chr2R:5000001-5000080 --output mutations")]
public sealed class SaturateOptions : InputOptions
{
    /// <summary>The folder to make.</summary>
    [Required, Description("The folder to make: mutations.tsv, report.html, and maps/ with a mutation map of each sequence.")]
    public string Output { get; set; } = "";

    /// <summary>Which output maps are of.</summary>
    [Description("The class or output that maps show; the one that is predicted for the sequence unless set. The table has all.")]
    public string? Class { get; set; }

    /// <summary>Leaves deletions out.</summary>
    [Description("Substitutions only. Otherwise each base is also taken out, and compared with the sequence without its last base, so that "
        + "both are equally long.")]
    public bool NoDeletions { get; set; }

    /// <summary>How many maps.</summary>
    [Range(0, 10_000), Description("Sequences to draw mutation maps of, the first ones. Default 20.")]
    public int Maps { get; set; } = 20;
}
