using System.ComponentModel;

namespace PluginHost.Plugins.CausalLm;

/// <summary>Options of <c>causal-lm</c>.</summary>
public sealed class CausalLmOptions
{
    /// <summary>Whether tokens that stand for no bases are asked for too.</summary>
    [Description("Ask for tokens that stand for no bases too, such as an end mark. Number tokens and tokens outside the vocabulary are "
        + "never asked for.")]
    public bool SpecialTokens { get; set; } = true;

    /// <summary>The token after whose last occurrence tokens are asked for; null for all.</summary>
    [Description(
        "Ask only for what follows the last token of this text, for example '<=>' to train on answers alone; without it for everything.")]
    public string? After { get; set; }
}
