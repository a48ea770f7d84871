using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Decoders;

/// <summary>Options of <c>sample</c>.</summary>
public sealed class SampleOptions
{
    /// <summary>Divides the scores.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    [Description("Divides the scores: below 1 likely tokens become likelier, above 1 all become alike.")]
    public double Temperature { get; set; } = 1;

    /// <summary>Most tokens to draw from.</summary>
    [Range(1, 1 << 24), Description("Draw from this many likeliest tokens only; from all unless set.")]
    public int? TopK { get; set; }

    /// <summary>Share of the probability to draw from.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    [Description("Draw from the likeliest tokens only that together have this probability, after temperature and topK.")]
    public double TopP { get; set; } = 1;
}
