using PluginHost.Plugins.Interpret.GGrams;

namespace PluginHost.Plugins.Interpret.Attention;

/// <summary>Whose attention to each other.</summary>
public enum AttentionStack
{
    /// <summary>The sequence's tokens: an encoder's, or those of a decoder without one.</summary>
    Tokens,

    /// <summary>A decoder's tokens, beside an encoder.</summary>
    Decoder,

    /// <summary>A decoder's tokens to the encoder's.</summary>
    Cross,

    /// <summary>G-grams.</summary>
    Ggrams,
}

/// <summary>What is known of stacks.</summary>
internal static class AttentionStackNames
{
    /// <summary>What architectures call it.</summary>
    public static string Name(this AttentionStack stack) => stack switch
    {
        AttentionStack.Tokens => AttentionStacks.Tokens,
        AttentionStack.Decoder => AttentionStacks.Decoder,
        AttentionStack.Cross => AttentionStacks.Cross,
        _ => GGramAttention.Stack,
    };

    /// <summary>What attends in it.</summary>
    public static string Unit(this AttentionStack stack) => stack switch
    {
        AttentionStack.Tokens => "token",
        AttentionStack.Ggrams => "G-gram",
        _ => "decoder token",
    };

    /// <summary>Whether a decoder has to run for it.</summary>
    public static bool NeedsDecoder(this AttentionStack stack) => stack is AttentionStack.Decoder or AttentionStack.Cross;
}
