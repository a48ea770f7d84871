using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.PluginKit;

/// <summary>Sizes of <see cref="StandIns"/>.</summary>
public sealed class StandInOptions
{
    /// <summary>Size of hidden states.</summary>
    [Range(1, 1024), Description("Size of hidden states.")]
    public int Size { get; set; } = 16;

    /// <summary>Number of classes.</summary>
    [Range(1, 1024), Description("Number of classes.")]
    public int Classes { get; set; } = 2;
}
