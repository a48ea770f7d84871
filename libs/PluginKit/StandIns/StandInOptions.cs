using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.PluginKit;

/// <summary>Options of the head of <see cref="StandIns"/>.</summary>
public sealed class StandInOptions
{
    /// <summary>Number of classes.</summary>
    [Range(1, 1024), Description("Number of classes.")]
    public int Classes { get; set; } = 2;
}
