using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.MaskedLm;

/// <summary>Options of <c>masked-lm-head</c>.</summary>
public sealed class MaskedLmHeadOptions
{
    /// <summary>Shares the decoder's matrix with the token embedding, as published.</summary>
    [Description("Share the decoder's matrix with the token embedding, as published.")]
    public bool Tied { get; set; } = true;

    /// <summary>Added to the variance in layer norm.</summary>
    [Range(1e-15, 1e-2), Description("Added to the variance in layer norm.")]
    public double LayerNormEpsilon { get; set; } = 1e-12;
}
