namespace PluginHost.Libs.NextToken;

/// <summary>
/// The words of 20 bases of sequences, by which it is known again what overlaps. Words with other letters are passed over.
/// </summary>
internal sealed class SeenWords
{
    private const int Length = 20;
    private const ulong Mask = (1UL << 2 * Length) - 1;
    private readonly HashSet<ulong> words = [];

    /// <summary>Takes a stretch in.</summary>
    /// <param name="bases">The sequence.</param>
    /// <param name="span">The stretch.</param>
    /// <param name="among">Those to take; null for all.</param>
    public void Add(string bases, BaseSpan span, SeenWords? among = null)
    {
        foreach (var (word, _) in Of(bases, span))
            if (among is null || among.words.Contains(word)) words.Add(word);
    }

    /// <summary>
    /// Places of a stretch whose base is known by what stands around it: the word before it or the one after it was taken in. Which base it
    /// is does not matter, so that likely ones are no more often known than others.
    /// </summary>
    public IReadOnlySet<int> Known(string bases, BaseSpan span)
    {
        var around = new BaseSpan(Math.Max(0, span.Start - 1), Math.Min(bases.Length, span.End + Length));
        return Of(bases, around).Where(w => words.Contains(w.Word)).SelectMany(w => (int[])[w.Last + 1, w.Last - Length]).ToHashSet();
    }

    private static IEnumerable<(ulong Word, int Last)> Of(string bases, BaseSpan span)
    {
        var (word, known) = (0UL, 0);
        for (var i = Math.Max(0, span.Start - Length + 1); i < span.End; i++)
        {
            var digit = BaseCounts.Digit(bases[i]);
            (word, known) = digit < 0 ? (0, 0) : ((word << 2 | (uint)digit) & Mask, known + 1);
            if (known >= Length && i >= span.Start) yield return (word, i);
        }
    }
}
