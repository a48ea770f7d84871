namespace PluginHost.Plugins.GGram;

/// <summary>The G-grams of one sequence after order, repeats and limit were applied.</summary>
internal sealed class SequenceGGrams
{
    private readonly List<int> ids = [];
    private readonly List<(int Place, int Start, int End)> ranges = [];

    /// <param name="matches">All occurrences, by first token, then shorter before longer. Is reordered.</param>
    /// <param name="order">Order of the G-grams.</param>
    /// <param name="repeats">Whether occurrences of one G-gram share a place.</param>
    /// <param name="limit">Most G-grams kept.</param>
    public SequenceGGrams(Span<GGramMatch> matches, GGramOrder order, GGramRepeats repeats, int limit)
    {
        if (order != GGramOrder.Position)
        {
            var longest = order == GGramOrder.LongestFirst ? -1 : 1;
            matches.Sort((a, b) => a.Length != b.Length ? longest * a.Length.CompareTo(b.Length) : a.Start.CompareTo(b.Start));
        }
        var places = repeats == GGramRepeats.Merge ? new Dictionary<int, int>() : null;
        foreach (var match in matches)
        {
            if (places is null || !places.TryGetValue(match.Id, out var place))
            {
                // Merged G-grams go on taking up occurrences after the limit is reached.
                if (ids.Count == limit)
                {
                    if (places is null) break;
                    continue;
                }
                place = ids.Count;
                ids.Add(match.Id);
                places?.Add(match.Id, place);
            }
            ranges.Add((place, match.Start, match.Start + match.Length));
        }
    }

    /// <summary>Attaches <see cref="GGramColumns"/> to an encoding.</summary>
    public EncodedSequence AttachTo(EncodedSequence encoding)
    {
        var ids_G = new long[ids.Count];
        var mask_G = new bool[ids.Count];
        for (var g = 0; g < ids.Count; g++)
        {
            ids_G[g] = ids[g];
            mask_G[g] = true;
        }
        var match_TG = new bool[encoding.Ids.Length, ids.Count];
        var ranges_OS = new long[ranges.Count, 3];
        for (var o = 0; o < ranges.Count; o++)
        {
            var (place, start, end) = ranges[o];
            (ranges_OS[o, 0], ranges_OS[o, 1], ranges_OS[o, 2]) = (place, start, end);
            for (var t = start; t < end; t++) match_TG[t, place] = true;
        }
        return encoding.With(GGramColumns.Ids, ids_G).With(GGramColumns.Mask, mask_G)
            .With(GGramColumns.Match, match_TG).With(GGramColumns.Ranges, ranges_OS);
    }
}
