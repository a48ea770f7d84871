using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Decoders;

/// <summary>Options of <c>sample</c>.</summary>
public sealed class SampleOptions
{
    /// <summary>Divides the scores.</summary>
    [Range(0.0, double.PositiveInfinity)]
    [Description("Divides the scores: below 1 likely tokens become likelier, above 1 all become alike. 0 takes the likeliest always, as "
        + "greedy does; .inf, infinity, draws from all alike.")]
    public double Temperature { get; set; } = 1;

    /// <summary>Most tokens to draw from.</summary>
    [Range(1, 1 << 24), Description("Draw from this many likeliest tokens only; from all unless set.")]
    public int? TopK { get; set; }

    /// <summary>Share of the probability to draw from.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    [Description("Draw from the likeliest tokens only that together have this probability, after temperature and topK.")]
    public double TopP { get; set; } = 1;

    /// <summary>Least probability of a token, as a share of the likeliest one's.</summary>
    [Range(0.0, 1.0)]
    [Description("Draw only from tokens at least this many times as likely as the likeliest one, after temperature.")]
    public double MinP { get; set; }

    /// <summary>Divides the odds of tokens that occurred.</summary>
    [Range(1.0, 1000.0)]
    [Description("Makes tokens that were written before so many times less likely, however often they were; 1 changes nothing.")]
    public double RepetitionPenalty { get; set; } = 1;

    /// <summary>Length of runs of tokens that must not come twice.</summary>
    [Range(1, 1 << 16)]
    [Description("No run of this many tokens is written twice; unless set, any may be.")]
    public int? NoRepeat { get; set; }
}
