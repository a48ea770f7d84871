using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.MaskedLm;

/// <summary>Options of <c>masked-lm-head</c>.</summary>
public sealed class MaskedLmHeadOptions
{
    /// <summary>Shares the decoder's matrix with the token embedding, as published; null for where there is one.</summary>
    [Description("Share the decoder's matrix with the token embedding, as published; unless set, where the architecture has one of the "
        + "hidden size.")]
    public bool? Tied { get; set; }

    /// <summary>Names the bias a token <c>decoder.bias</c> instead of <c>bias</c>.</summary>
    [Description("Name the bias 'cls.predictions.decoder.bias', as the weights of DNABERT-2, DNAZEN and Genomics-FM do, instead of "
        + "'cls.predictions.bias'.")]
    public bool BiasInDecoder { get; set; }

    /// <summary>Weights to start from: a model folder, or a safetensors file; null for random ones.</summary>
    [Description("Start from published weights: a model folder or a .safetensors file that has 'cls.predictions.*', such as the one given "
        + "as the architecture's 'startFrom'.")]
    public string? StartFrom { get; set; }

    /// <summary>Added to the variance in layer norm.</summary>
    [Range(1e-15, 1e-2), Description("Added to the variance in layer norm.")]
    public double LayerNormEpsilon { get; set; } = 1e-12;
}
