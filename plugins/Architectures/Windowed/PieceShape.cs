namespace PluginHost.Plugins.Windowed;

/// <summary>How sequences are cut.</summary>
/// <param name="Tokens">Most tokens in a piece, special ones included.</param>
/// <param name="Most">Most pieces of a sequence.</param>
/// <param name="Leading">Special tokens repeated in front of each piece.</param>
/// <param name="Trailing">Special tokens repeated at its end.</param>
internal sealed record PieceShape(int Tokens, int Most, int Leading, int Trailing)
{
    /// <summary>Tokens of the sequence itself in a piece.</summary>
    public int Content => Tokens - Leading - Trailing;

    /// <summary>The longest sequence, special tokens included.</summary>
    public int Longest => Most * Content + Leading + Trailing;

    /// <summary>The shape for a tokenizer, which is tried on a few bases to see what it puts around a sequence.</summary>
    /// <exception cref="UsageException">A piece has no room beside its special tokens, or has no length.</exception>
    public static PieceShape Of(WindowedOptions options, Backbone inner, ITokenizer tokenizer)
    {
        var tokens = options.PieceTokens ?? inner.Shape.MaxTokens
            ?? throw new UsageException(
                $"windowed: '{inner.GetName()}' takes sequences of any length; give 'pieceTokens', the tokens in a piece.");
        if (tokens > inner.Shape.MaxTokens)
            throw new UsageException($"windowed: 'pieceTokens' is {tokens}, but '{inner.GetName()}' takes at most {inner.Shape.MaxTokens}; "
                + "make it no more than that.");
        var (leading, trailing) = options.WrapPieces ? Around(tokenizer) : (0, 0);
        return tokens > leading + trailing
            ? new(tokens, options.Pieces, leading, trailing)
            : throw new UsageException($"windowed: a piece of {tokens} tokens has no room beside {leading + trailing} special tokens; give "
                + "it more 'pieceTokens'.");
    }

    private static (int, int) Around(ITokenizer tokenizer)
    {
        var spans = tokenizer.Encode(new("probe", tokenizer.Alphabet.Example(64)), new EncodeContext()).Spans;
        var leading = spans.TakeWhile(s => s.Length == 0).Count();
        return (leading, leading == spans.Length ? 0 : spans.Reverse().TakeWhile(s => s.Length == 0).Count());
    }
}
