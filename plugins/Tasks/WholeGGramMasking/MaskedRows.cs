namespace PluginHost.Plugins.WholeGGramMasking;

/// <summary>Hides tokens and G-grams row by row and gathers the positions to score. Axes: B rows, T tokens, M scored positions.</summary>
/// <param name="options">Rates and shares.</param>
/// <param name="vocabulary">Has [MASK].</param>
/// <param name="replacements">Ids a random token is drawn from.</param>
/// <param name="length">Size of axis T.</param>
internal sealed class MaskedRows(WholeGGramMaskingOptions options, Vocabulary vocabulary, int[] replacements, int length)
{
    private readonly HiddenTokens hiding = new(options);
    private readonly List<(long Position, long Label, bool AtMask)> scored = [];
    private int rows;

    /// <summary>Indices into the flattened "B T", axis M.</summary>
    public long[] Positions => [.. scored.Select(s => s.Position)];

    /// <summary>Original ids, axis M.</summary>
    public long[] Labels => [.. scored.Select(s => s.Label)];

    /// <summary>Whether the input there is [MASK], axis M.</summary>
    public bool[] AtMask => [.. scored.Select(s => s.AtMask)];

    /// <summary>Positions with a label.</summary>
    public long Targets => scored.LongCount(s => s.Label != Keys.Ignore);

    /// <summary>Tokens that stand for known bases: special and unknown tokens are never hidden.</summary>
    public static bool[] Maskable(Encoding encoding, Vocabulary vocabulary) =>
        [.. encoding.Ids.Select((id, t) => encoding.Spans[t].Length > 0 && !vocabulary.IsSpecial(id))];

    /// <summary>Adds a row with tokens and G-grams hidden; returns what the model sees.</summary>
    public Encoding Hide(Encoding encoding, SeededRandom random)
    {
        var ggrams = GGramOccurrences.Of(encoding);
        var hidden_T = hiding.Choose(Maskable(encoding, vocabulary), ggrams, random);
        var seen = (int[])encoding.Ids.Clone();
        for (var t = 0; t < seen.Length; t++)
        {
            if (!hidden_T[t]) continue;
            var draw = random.NextDouble();
            var atMask = draw < options.MaskShare;
            scored.Add(((long)rows * length + t, encoding.Ids[t], atMask));
            if (atMask) seen[t] = vocabulary.Mask!.Value;
            else if (draw < options.MaskShare + options.RandomShare) seen[t] = replacements[random.Next(replacements.Length)];
        }
        rows++;
        var shown = new Encoding(seen, encoding.Spans) { DroppedBases = encoding.DroppedBases };
        foreach (var (key, values) in encoding.Attached)
            if (!Columns.FromTokenizer.Contains(key)) shown.With(key, values);
        return ggrams.Without(hidden_T).AttachTo(shown);
    }

    /// <summary>Adds a row as it is, asking for every token without telling labels.</summary>
    public Encoding Show(Encoding encoding)
    {
        var maskable = Maskable(encoding, vocabulary);
        for (var t = 0; t < maskable.Length; t++)
            if (maskable[t]) scored.Add(((long)rows * length + t, Keys.Ignore, false));
        rows++;
        return encoding;
    }

    /// <summary>Makes axis M at least 1, or exactly <paramref name="count"/> when that is above 0: a random subset stays, or ignored labels at position 0 fill up.</summary>
    public void Fix(int count, SeededRandom random)
    {
        if (count > 0 && scored.Count > count)
        {
            var all = scored.ToArray();
            random.Shuffle(all.AsSpan());
            scored.Clear();
            scored.AddRange(all.Take(count).OrderBy(s => s.Position));
        }
        while (scored.Count < Math.Max(1, count)) scored.Add((0, Keys.Ignore, false));
    }
}
