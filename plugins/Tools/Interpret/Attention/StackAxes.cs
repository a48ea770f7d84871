using PluginHost.Plugins.Interpret.GGrams;

namespace PluginHost.Plugins.Interpret.Attention;

/// <summary>Bases that a place of an axis stands for.</summary>
/// <param name="Place">On the axis.</param>
/// <param name="Bases">Some.</param>
internal readonly record struct PlacedSpan(int Place, BaseSpan Bases);

/// <summary>Which bases the two axes of a sequence's attention stand for; what stands for none is left out.</summary>
/// <param name="From">What attends, axis Q. A decoder's place stands for the token that it predicts.</param>
/// <param name="To">What is attended to, axis S. A decoder's place stands for the token that it reads.</param>
internal sealed record StackAxes(IReadOnlyList<PlacedSpan> From, IReadOnlyList<PlacedSpan> To)
{
    /// <summary>The axes of a sequence.</summary>
    /// <param name="stack">Which attention.</param>
    /// <param name="encoding">Of the sequence.</param>
    /// <param name="reader">Of G-grams, where the stack is theirs.</param>
    public static StackAxes Of(AttentionStack stack, EncodedSequence encoding, GGramReader? reader)
    {
        if (stack == AttentionStack.Ggrams)
        {
            List<PlacedSpan> found = [.. reader!.Of(encoding).Select(g => new PlacedSpan(g.Place, g.Bases))];
            return new(found, found);
        }
        var tokens = Tokens(encoding.Spans, 0);
        // The decoder reads the padding token and then the sequence, each token a place later than it is predicted at.
        return new(tokens, stack == AttentionStack.Decoder ? Tokens(encoding.Spans[..^1], 1) : tokens);
    }

    private static List<PlacedSpan> Tokens(BaseSpan[] spans, int shift) =>
        [.. spans.Select((span, t) => new PlacedSpan(t + shift, span)).Where(p => p.Bases.Length > 0)];
}
