namespace PluginHost.Plugins.WholeGGramMasking;

/// <summary>The first two stages: draws tokens, then hides the G-grams they belong to (DNAZEN, section 2.4).</summary>
/// <param name="options">Rate, and what hides what.</param>
internal sealed class HiddenTokens(WholeGGramMaskingOptions options)
{
    /// <summary>Chooses the tokens to hide.</summary>
    /// <param name="maskable_T">Tokens that may be hidden.</param>
    /// <param name="ggrams">The sequence's G-grams.</param>
    /// <param name="random">All draws come from here.</param>
    public bool[] Choose(bool[] maskable_T, GGramOccurrences ggrams, SeededRandom random)
    {
        var candidates = Enumerable.Range(0, maskable_T.Length).Where(t => maskable_T[t]).ToArray();
        var hidden_T = new bool[maskable_T.Length];
        var target = options.Rate * candidates.Length;
        return options.RateOf == RateOf.Drawn
            ? Draw(hidden_T, candidates, target, maskable_T, ggrams, random)
            : Fill(hidden_T, candidates, target, maskable_T, ggrams, random);
    }

    /// <summary>Adds what hidden tokens take with them.</summary>
    public void Spread(bool[] hidden_T, bool[] maskable_T, GGramOccurrences ggrams)
    {
        if (!options.WholeGGram) return;
        switch (options.Cascade)
        {
            case Cascade.None:
                foreach (var range in ggrams.Ranges.Where(r => hidden_T.AsSpan(r.Start..r.End).Contains(true)).ToList()) Hide(range);
                break;
            case Cascade.Forward:
                foreach (var place in ggrams.Ranges.GroupBy(r => r.Place).OrderBy(g => g.Key))
                    if (place.Any(r => hidden_T.AsSpan(r.Start..r.End).Contains(true)))
                        foreach (var range in place) Hide(range);
                break;
            default:
                while (ggrams.Ranges.Count(r => hidden_T.AsSpan(r.Start..r.End).Contains(true) && Hide(r)) > 0) { }
                break;
        }

        bool Hide((int Place, int Start, int End) range)
        {
            var more = false;
            for (var t = range.Start; t < range.End; t++)
            {
                more |= maskable_T[t] && !hidden_T[t];
                hidden_T[t] |= maskable_T[t];
            }
            return more;
        }
    }

    /// <summary>A number of tokens with the right mean, then what they take with them.</summary>
    private bool[] Draw(bool[] hidden_T, int[] candidates, double target, bool[] maskable_T, GGramOccurrences ggrams, SeededRandom random)
    {
        var count = (int)target + (random.NextDouble() < target - (int)target ? 1 : 0);
        for (var drawn = 0; drawn < count; drawn++) hidden_T[Take(candidates, drawn, random)] = true;
        Spread(hidden_T, maskable_T, ggrams);
        return hidden_T;
    }

    /// <summary>
    /// Token by token, each with what it takes with it, until the share is reached. What would overshoot is taken with the probability that
    /// makes the mean right.
    /// </summary>
    private bool[] Fill(bool[] hidden_T, int[] candidates, double target, bool[] maskable_T, GGramOccurrences ggrams, SeededRandom random)
    {
        var count = 0;
        for (var drawn = 0; drawn < candidates.Length && count < target; drawn++)
        {
            var token = Take(candidates, drawn, random);
            if (hidden_T[token]) continue;
            var more_T = (bool[])hidden_T.Clone();
            var alone_T = new bool[hidden_T.Length];
            alone_T[token] = true;
            Spread(alone_T, maskable_T, ggrams);
            for (var t = 0; t < more_T.Length; t++) more_T[t] |= alone_T[t];
            var added = more_T.Count(h => h) - count;
            if (added > target - count && random.NextDouble() >= (target - count) / added) break;
            hidden_T = more_T;
            count += added;
        }
        return hidden_T;
    }

    /// <summary>The next of a random order (Fisher-Yates, as far as asked for).</summary>
    private static int Take(int[] candidates, int drawn, SeededRandom random)
    {
        var pick = random.Next(drawn, candidates.Length);
        (candidates[drawn], candidates[pick]) = (candidates[pick], candidates[drawn]);
        return candidates[drawn];
    }
}
