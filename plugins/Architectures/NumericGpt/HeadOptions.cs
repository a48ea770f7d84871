using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.NumericGpt;

/// <summary>Options of every head here.</summary>
public class HeadOptions
{
    /// <summary>Added to the variance in layer norm.</summary>
    [Range(1e-15, 1e-2), Description("Added to the variance in layer norm.")]
    public double LayerNormEpsilon { get; set; } = 1e-5;

    /// <summary>Standard deviation of initial weights; null for PyTorch's defaults.</summary>
    [Range(1e-4, 1.0), Description("Standard deviation of initial weights; without it PyTorch's defaults, as released.")]
    public double? InitializerRange { get; set; }
}

/// <summary>Options of <c>answer-token-head</c>.</summary>
public sealed class AnswerTokenHeadOptions : HeadOptions
{
    /// <summary>The tokens that stand for the classes, in class order.</summary>
    [MinLength(2), Description("Texts of the tokens that stand for the classes, in class order. 'N, A' (no, yes) is the paper's; the "
        + "release answers 'A, N' (false, real).")]
    public string[] Tokens { get; set; } = ["N", "A"];
}

/// <summary>Options of <c>answer-number-head</c>.</summary>
public sealed class AnswerNumberHeadOptions : HeadOptions
{
    /// <summary>Values per sequence, axis C.</summary>
    [Range(1, 4096), Description("Values per sequence.")]
    public int Outputs { get; set; } = 1;
}

/// <summary>Options of <c>answer-labels-head</c>.</summary>
public sealed class AnswerLabelsHeadOptions : HeadOptions
{
    /// <summary>Labels per sequence, axis C.</summary>
    [Range(1, 4096), Description("Labels per sequence: as many as the template has B at its end.")]
    public int Labels { get; set; } = 1;

    /// <summary>The token that means yes.</summary>
    [Required, Description("The token that means yes: A in the paper, N in the release.")]
    public string Yes { get; set; } = "A";

    /// <summary>The token that means no.</summary>
    [Required, Description("The token that means no: N in the paper, A in the release.")]
    public string No { get; set; } = "N";
}
