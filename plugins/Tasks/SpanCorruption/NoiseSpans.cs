namespace PluginHost.Plugins.SpanCorruption;

/// <summary>Which tokens are hidden: T5's random spans (Raffel et al. 2020, 3.1.4, as in its released preprocessors).</summary>
internal static class NoiseSpans
{
    /// <summary>
    /// Cuts a sequence into visible and hidden stretches in turn, each at least one token, beginning with a visible one. How many
    /// tokens and spans are hidden depends on the length alone; where they lie is drawn, every segmentation being equally likely.
    /// </summary>
    /// <param name="length">Tokens of the sequence, at least 1. A single token is hidden with nothing visible.</param>
    /// <param name="rate">Share hidden.</param>
    /// <param name="meanSpan">Mean length of a span.</param>
    /// <param name="random">All draws come from here.</param>
    /// <returns>The hidden spans in order, as token indices.</returns>
    public static IReadOnlyList<BaseSpan> Draw(int length, double rate, double meanSpan, SeededRandom random)
    {
        var (hidden, count) = Counts(length, rate, meanSpan);
        var hiddenParts = Parts(hidden, count, random);
        var visibleParts = Parts(length - hidden, count, random);
        var spans = new BaseSpan[count];
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            at += visibleParts[i];
            spans[i] = new(at, at += hiddenParts[i]);
        }
        return spans;
    }

    /// <summary>Hidden tokens and spans of a sequence of a length.</summary>
    public static (int Hidden, int Spans) Counts(int length, double rate, double meanSpan)
    {
        var hidden = Math.Clamp((int)Math.Round(length * rate), 1, Math.Max(1, length - 1));
        var spans = Math.Max(1, (int)Math.Round(hidden / meanSpan));
        return (hidden, Math.Max(1, Math.Min(spans, Math.Min(hidden, length - hidden))));
    }

    /// <summary>A sum cut into parts of at least 1, every way equally likely (Knuth's selection sampling of the cuts).</summary>
    private static int[] Parts(int total, int count, SeededRandom random)
    {
        var parts = new int[count];
        var (part, start, cutsLeft) = (0, 0, count - 1);
        for (var place = 1; place < total && cutsLeft > 0; place++)
        {
            if (random.Next((long)total - place) >= cutsLeft) continue;
            parts[part++] = place - start;
            start = place;
            cutsLeft--;
        }
        parts[part] = total - start;
        return parts;
    }
}
