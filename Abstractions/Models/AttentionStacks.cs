namespace PluginHost;

/// <summary>The attentions that architectures have in common.</summary>
public static class AttentionStacks
{
    /// <summary>Of the sequence's tokens, axis T, to each other: an encoder's, or that of a decoder without one.</summary>
    public const string Tokens = "tokens";

    /// <summary>Of a decoder's tokens, axis U, to each other, beside an encoder.</summary>
    public const string Decoder = "decoder";

    /// <summary>Of a decoder's tokens, axis U, to the encoder's, axis T.</summary>
    public const string Cross = "cross";
}
