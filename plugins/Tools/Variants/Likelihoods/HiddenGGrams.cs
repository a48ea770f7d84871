namespace PluginHost.Plugins.Variants.Likelihoods;

using static TorchSharp.torch;

/// <summary>
/// Keeps G-grams from telling what is hidden: those that hold a hidden token are taken from the model's sight, as in whole G-gram masking
/// (DNAZEN, section 2.4).
/// </summary>
/// <remarks>Axes: B samples, T tokens, G G-grams, O occurrences, S place on axis G, first token and one past the last.</remarks>
internal static class HiddenGGrams
{
    private static readonly BatchKey ids = new("ggram_ids", ScalarType.Int64, "B G");
    private static readonly BatchKey mask = new("ggram_mask", ScalarType.Bool, "B G");
    private static readonly BatchKey match = new("ggram_match", ScalarType.Bool, "B T G");
    private static readonly BatchKey ranges = new("ggram_ranges", ScalarType.Int64, "B O S");
    private static readonly BatchKey[] all = [ids, mask, match, ranges];

    /// <summary>A column that tells of hidden tokens and that is none of G-grams; null where there is none.</summary>
    public static BatchKey? Other(ITokenizer tokenizer) => tokenizer.Revealing.FirstOrDefault(key => !all.Contains(key));

    /// <summary>What the model is shown: other ids, and the G-grams that occur somewhere without a hidden token.</summary>
    /// <param name="encoding">Of the whole window.</param>
    /// <param name="shown">Its ids with some masked.</param>
    /// <param name="hidden">Which.</param>
    public static EncodedSequence Show(EncodedSequence encoding, int[] shown, int[] hidden)
    {
        if (!encoding.TryGet<long>(ids, out var ids_G) || encoding.Attached.GetValueOrDefault(ranges) is not long[,] ranges_OS)
            return encoding.WithIds(shown);
        var seen = Enumerable.Range(0, ranges_OS.GetLength(0))
            .Select(o => (Place: ranges_OS[o, 0], Start: ranges_OS[o, 1], End: ranges_OS[o, 2]))
            .Where(r => !hidden.Any(t => r.Start <= t && t < r.End)).ToList();
        long[] places = [.. seen.Select(r => r.Place).Distinct().Order()];
        var (match_TG, left_OS) = (new bool[shown.Length, places.Length], new long[seen.Count, 3]);
        foreach (var (o, (place, start, end)) in seen.Index())
        {
            var moved = Array.BinarySearch(places, place);
            (left_OS[o, 0], left_OS[o, 1], left_OS[o, 2]) = (moved, start, end);
            for (var t = start; t < end; t++) match_TG[t, moved] = true;
        }
        var result = new EncodedSequence(shown, encoding.Spans) { DroppedBases = encoding.DroppedBases };
        foreach (var (key, values) in encoding.Attached)
            if (!all.Contains(key)) result.With(key, values);
        return result.With(ids, places.Select(p => ids_G[p]).ToArray()).With(mask, Enumerable.Repeat(true, places.Length).ToArray())
            .With(match, match_TG).With(ranges, left_OS);
    }
}
