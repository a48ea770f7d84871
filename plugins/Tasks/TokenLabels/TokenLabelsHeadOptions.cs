using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.TokenLabels;

/// <summary>Options of <c>token-labels-head</c>.</summary>
public sealed class TokenLabelsHeadOptions
{
    /// <summary>Number of classes.</summary>
    [Range(1, 100_000), Description("Number of classes.")]
    public int Classes { get; set; } = 2;

    /// <summary>Share of each token's vector dropped in training.</summary>
    [Range(0, 0.99), Description("Dropout before the linear layer.")]
    public double Dropout { get; set; } = 0.1;
}
