using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Tables.Parts;

/// <summary>Options of the <c>subset</c> source.</summary>
internal sealed class SubsetOptions : ISubsetOptions
{
    [Description("The data whose training split is cut: any data source, { use: NAME, ... }.")]
    [Required]
    public ComponentSpec? Data { get; set; }

    [Description("Per cent of the training rows of each label that are kept, rounded, at least one row. A larger share holds every row of "
        + "a smaller one.")]
    [Range(1e-6, 100.0)]
    public double Percent { get; set; } = 100;

    [Description("Which rows are kept follows from this alone, so that runs with different seeds keep the same.")]
    public ulong SplitSeed { get; set; } = 1;
}
