using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Generate;

/// <summary>Which decoder chooses, with its options: those of the decoders that come with the host by names of their own.</summary>
public abstract class DecoderOptions
{
    /// <summary>Its name.</summary>
    [ValueName("NAME")]
    [Description("How tokens are chosen: sample draws them, greedy takes the likeliest, beam searches; see 'host plugins list'.")]
    public string Decoder { get; set; } = "sample";

    /// <summary>Divides the scores.</summary>
    [Range(0.0, double.PositiveInfinity)]
    [Description("sample: below 1 likely tokens become likelier, above 1 all become alike; 0 takes the likeliest, .inf draws from all "
        + "alike; 1 unless set.")]
    public double? Temperature { get; set; }

    /// <summary>Most tokens to draw from.</summary>
    [Description("sample: draw from this many likeliest tokens only.")]
    public int? TopK { get; set; }

    /// <summary>Share of the probability to draw from.</summary>
    [Description("sample: draw from the likeliest tokens only that together have this probability.")]
    public double? TopP { get; set; }

    /// <summary>Least probability of a token.</summary>
    [Description("sample: draw only from tokens at least this many times as likely as the likeliest one.")]
    public double? MinP { get; set; }

    /// <summary>Divides the odds of tokens that occurred.</summary>
    [Description("sample: makes tokens that were written before so many times less likely.")]
    public double? RepetitionPenalty { get; set; }

    /// <summary>Length of runs of tokens that must not come twice.</summary>
    [Description("sample: no run of this many tokens is written twice.")]
    public int? NoRepeat { get; set; }

    /// <summary>Sequences that go on at once.</summary>
    [Description("beam: sequences of each prompt that go on at once; 5 unless set.")]
    public int? Width { get; set; }

    /// <summary>How many are given back.</summary>
    [Description("beam: how many sequences of each prompt are given back, the best first; 1 unless set.")]
    public int? Best { get; set; }

    /// <summary>Exponent of the length.</summary>
    [Description("beam: sequences are ordered by log-probability divided by length in tokens to the power of this; 0 unless set.")]
    public double? LengthPenalty { get; set; }

    /// <summary>Options of other decoders.</summary>
    [ValueName("KEY=VALUE"), Description("An option of a decoder of another plugin. May be repeated.")]
    public string[] DecoderOption { get; set; } = [];
}
