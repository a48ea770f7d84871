namespace PluginHost.Plugins.MaskedLm;

/// <summary>Chooses the tokens to hide from their base spans alone.</summary>
internal static class HiddenStretches
{
    /// <summary>
    /// Draws stretches of bases, without replacement, until the share is reached; every candidate that touches one is hidden.
    /// </summary>
    /// <remarks>
    /// The last stretch, which would overshoot, is taken with the probability that makes the expected count exactly
    /// rate times the candidates, so the realised count is within one stretch of it. A stretch may hang over either end of the
    /// sequence, which gives tokens at the ends nearly the same chance as those in the middle.
    /// </remarks>
    /// <param name="spans">Bases of the candidates; starts and ends never decrease.</param>
    /// <param name="stretch">Bases in a stretch.</param>
    /// <param name="rate">0 to 1.</param>
    /// <param name="random">All draws come from here.</param>
    /// <param name="origin">
    /// What a stretch is drawn from. Drawn from tokens it starts at the token's first base and hangs over no end.
    /// </param>
    /// <returns>Which candidates to hide.</returns>
    public static bool[] Choose(ReadOnlySpan<BaseSpan> spans, int stretch, double rate, SeededRandom random,
        StretchOrigin origin = StretchOrigin.Bases)
    {
        var hidden = new bool[spans.Length];
        if (spans.Length == 0) return hidden;
        var target = rate * spans.Length;
        var starts = Starts(spans, stretch, origin);
        var count = 0;
        for (var drawn = 0; drawn < starts.Length && count < target; drawn++)
        {
            var pick = random.Next(drawn, starts.Length);
            (starts[drawn], starts[pick]) = (starts[pick], starts[drawn]);
            var range = Touching(spans, new(starts[drawn], starts[drawn] + stretch));
            var added = 0;
            for (var i = range.Start; i < range.End; i++) added += hidden[i] ? 0 : 1;
            if (added == 0) continue;
            var room = target - count;
            if (added > room && random.NextDouble() >= room / added) break;
            hidden.AsSpan(range.Start, range.Length).Fill(true);
            count += added;
        }
        return hidden;
    }

    /// <summary>Whether any two tokens share a base.</summary>
    public static bool Overlap(ReadOnlySpan<BaseSpan> spans)
    {
        for (var i = 1; i < spans.Length; i++)
            if (spans[i].Start < spans[i - 1].End) return true;
        return false;
    }

    private static int[] Starts(ReadOnlySpan<BaseSpan> spans, int stretch, StretchOrigin origin)
    {
        var byToken = origin == StretchOrigin.Tokens || (origin == StretchOrigin.Auto && !Overlap(spans));
        var first = spans[0].Start - stretch + 1;
        var starts = new int[byToken ? spans.Length : spans[^1].End - first];
        for (var i = 0; i < starts.Length; i++) starts[i] = byToken ? spans[i].Start : first + i;
        return starts;
    }

    /// <summary>The candidates that share a base with a stretch, as a range of indices.</summary>
    private static BaseSpan Touching(ReadOnlySpan<BaseSpan> spans, BaseSpan stretch)
    {
        var low = 0;
        for (var high = spans.Length; low < high;)
        {
            var middle = (low + high) / 2;
            if (spans[middle].End <= stretch.Start) low = middle + 1;
            else high = middle;
        }
        var end = low;
        while (end < spans.Length && spans[end].Start < stretch.End) end++;
        return new(low, end);
    }
}
