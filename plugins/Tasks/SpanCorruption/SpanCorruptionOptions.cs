using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.SpanCorruption;

/// <summary>Options of <c>span-corruption</c>. The defaults are ENBED's (Malusare et al. 2024).</summary>
public sealed class SpanCorruptionOptions
{
    /// <summary>Share of each sequence's tokens that is hidden, rounded to whole tokens.</summary>
    [Range(0.001, 0.999), Description("Share of each sequence's tokens that is hidden, rounded to whole tokens.")]
    public double Rate { get; set; } = 0.15;

    /// <summary>Mean length of a hidden span; the number of spans is the hidden tokens divided by it, rounded.</summary>
    [Range(1.0, 4096.0),
        Description("Mean length of a hidden span in tokens: the number of spans is the hidden tokens divided by this, rounded. T5 has 3.")]
    public double MeanSpan { get; set; } = 20;

    /// <summary>Longest context of the Markov baseline.</summary>
    [Range(1, 11), Description("Longest context, in bases, of the Markov model that results are printed beside.")]
    public int BaselineOrder { get; set; } = 10;
}
