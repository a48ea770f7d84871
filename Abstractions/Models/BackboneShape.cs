namespace PluginHost;

/// <summary>The sizes of an architecture that others go by.</summary>
/// <param name="HiddenSize">Width D of its streams.</param>
/// <param name="MaxTokens">The most tokens a sequence may have, special ones included; null for no limit.</param>
public sealed record BackboneShape(int HiddenSize, int? MaxTokens = null)
{
    /// <summary>Whether the hidden state of a token depends on no later token: what next-token objectives need. Default false.</summary>
    public bool Causal { get; init; }

    /// <summary>
    /// Keys that a token's attention scores are computed for in one layer, by the tokens of the sequence: what the memory of attention
    /// grows by. All tokens, unless attention has windows.
    /// </summary>
    public Func<long, long> AttendedTokens { get; init; } = length => length;
}
