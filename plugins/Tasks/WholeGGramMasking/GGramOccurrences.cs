namespace PluginHost.Plugins.WholeGGramMasking;

/// <summary>The G-grams of one encoding as its tokenizer found them.</summary>
/// <param name="Ids">G-gram ids, axis G.</param>
/// <param name="Ranges">Occurrences: place on axis G, first token, one past the last.</param>
internal sealed record GGramOccurrences(long[] Ids, (int Place, int Start, int End)[] Ranges)
{
    /// <summary>Reads what a tokenizer attached.</summary>
    public static GGramOccurrences Of(EncodedSequence encoding)
    {
        if (!encoding.TryGet<long>(Columns.Ids, out var ids) || encoding.Attached.GetValueOrDefault(Columns.Ranges) is not long[,] ranges)
            throw new PluginException(
                $"The tokenizer attaches no '{Columns.Ids.Name}' or no '{Columns.Ranges.Name}', though it says that it writes them.");
        var occurrences = new (int, int, int)[ranges.GetLength(0)];
        for (var o = 0; o < occurrences.Length; o++) occurrences[o] = ((int)ranges[o, 0], (int)ranges[o, 1], (int)ranges[o, 2]);
        return new(ids, occurrences);
    }

    /// <summary>
    /// What may still be seen when tokens are hidden: occurrences that hold none of them, and G-grams with such an occurrence. So
    /// what is left follows from visible tokens alone.
    /// </summary>
    public GGramOccurrences Without(bool[] hidden_T)
    {
        var visible = Ranges.Where(r => !hidden_T.AsSpan(r.Start..r.End).Contains(true)).ToList();
        var places = visible.Select(r => r.Place).Distinct().Order().ToList();
        var moved = places.Select((place, i) => (place, i)).ToDictionary(p => p.place, p => p.i);
        return new([.. places.Select(p => Ids[p])], [.. visible.Select(r => (moved[r.Place], r.Start, r.End))]);
    }

    /// <summary>Attaches the columns of <see cref="Columns.FromTokenizer"/>.</summary>
    public EncodedSequence AttachTo(EncodedSequence encoding)
    {
        var match_TG = new bool[encoding.Ids.Length, Ids.Length];
        var ranges_OS = new long[Ranges.Length, 3];
        for (var o = 0; o < Ranges.Length; o++)
        {
            var (place, start, end) = Ranges[o];
            (ranges_OS[o, 0], ranges_OS[o, 1], ranges_OS[o, 2]) = (place, start, end);
            for (var t = start; t < end; t++) match_TG[t, place] = true;
        }
        var mask_G = new bool[Ids.Length];
        Array.Fill(mask_G, true);
        return encoding.With(Columns.Ids, Ids).With(Columns.Mask, mask_G).With(Columns.Match, match_TG).With(Columns.Ranges, ranges_OS);
    }
}
