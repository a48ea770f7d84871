using PluginHost.Libs.Statistics;

namespace PluginHost.Libs.Motifs;

/// <summary>A word that positives have more often than negatives.</summary>
/// <param name="Text">Its bases; of a word and its reverse complement the first by the alphabet where they are one.</param>
/// <param name="Positives">Positives that hold it.</param>
/// <param name="Negatives">Negatives that hold it.</param>
/// <param name="P">Of the hypergeometric test.</param>
/// <param name="Q">The same, corrected for all words.</param>
internal sealed record EnrichedWord(string Text, int Positives, int Negatives, double P, double Q);

/// <summary>Tests the words of regions that stood out: are there more of the positives that hold them than chance would have it?</summary>
internal static class EnrichedWords
{
    /// <summary>The words whose q is small enough, the most telling first.</summary>
    public static IReadOnlyList<EnrichedWord> Find(
        IReadOnlyList<ScoredSequence> positives, IReadOnlyList<string> negatives, DiscoveryOptions options)
    {
        var words = Candidates(positives, options);
        var held = Count(positives.Select(p => p.Bases), words, options.BothStrands);
        var others = Count(negatives, words, options.BothStrands);
        var all = positives.Count + negatives.Count;
        var texts = words.SelectMany(w => w).ToList();
        var p = texts.Select(t => HypergeometricTest.Upper(
            all, positives.Count, held.GetValueOrDefault(t) + others.GetValueOrDefault(t), held.GetValueOrDefault(t))).ToArray();
        var q = BenjaminiHochberg.Adjust(p);
        return [.. Enumerable.Range(0, p.Length).Where(i => q[i] < options.MostFalse)
            .Select(i => new EnrichedWord(texts[i], held.GetValueOrDefault(texts[i]), others.GetValueOrDefault(texts[i]), p[i], q[i]))
            .OrderBy(w => w.P).ThenByDescending(w => w.Text.Length).ThenBy(w => w.Text, StringComparer.Ordinal)];
    }

    /// <summary>A word as it is counted.</summary>
    public static string Canonical(string word, bool bothStrands) =>
        bothStrands && Iupac.ReverseComplement(word) is var other && string.CompareOrdinal(other, word) < 0 ? other : word;

    /// <summary>Whole regions, and the shorter words within them; by length.</summary>
    private static List<HashSet<string>> Candidates(IReadOnlyList<ScoredSequence> positives, DiscoveryOptions options)
    {
        SortedDictionary<int, HashSet<string>> byLength = [];
        void Add(string word)
        {
            if (Iupac.CountAmbiguous(word) > 0) return;
            if (!byLength.TryGetValue(word.Length, out var words)) byLength[word.Length] = words = new(StringComparer.Ordinal);
            words.Add(Canonical(word, options.BothStrands));
        }
        foreach (var sequence in positives)
            foreach (var (start, end) in sequence.Regions)
            {
                if (end - start <= options.Window && end - start >= options.ShortestWord) Add(sequence.Bases[start..end]);
                for (var length = options.ShortestWord; length <= Math.Min(options.LongestWord, end - start); length++)
                    for (var at = start; at + length <= end; at++) Add(sequence.Bases.Substring(at, length));
            }
        return [.. byLength.Values];
    }

    /// <summary>How many sequences hold each word at all.</summary>
    private static Dictionary<string, int> Count(IEnumerable<string> sequences, List<HashSet<string>> words, bool bothStrands)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var sequence in sequences)
        {
            seen.Clear();
            foreach (var strand in bothStrands ? (string[])[sequence, Iupac.ReverseComplement(sequence)] : [sequence])
                foreach (var set in words)
                {
                    var (length, lookup) = (set.First().Length, set.GetAlternateLookup<ReadOnlySpan<char>>());
                    for (var at = 0; at + length <= strand.Length; at++)
                        if (lookup.TryGetValue(strand.AsSpan(at, length), out var word) && seen.Add(word))
                            counts[word] = counts.GetValueOrDefault(word) + 1;
                }
        }
        return counts;
    }
}
