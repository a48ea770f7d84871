using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Schedules;

/// <summary>Options of <c>wsd</c>.</summary>
public sealed class WsdOptions : DecayOptions
{
    [Range(0.0, 1.0), Description("Share of the steps, warm-up included, that the decay takes; it never reaches into the warm-up.")]
    public double DecayShare { get; set; } = 0.2;

    [AllowedValues("linear", "1-sqrt", "cosine")]
    [Description("How the rate falls with the share p of the decay done: 'linear' 1 - p, '1-sqrt' 1 - sqrt(p), 'cosine' half a cosine.")]
    public string Shape { get; set; } = "1-sqrt";
}
