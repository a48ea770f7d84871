namespace PluginHost.Plugins.Tests.Bpe;

/// <summary>Byte-pair encoding and its training as the definition has them: slow, and obviously right.</summary>
internal static class PlainBpe
{
    /// <summary>Applies the first merge in order of precedence, at its leftmost place, until none applies.</summary>
    public static List<string> Encode(string text, IReadOnlyList<(string Left, string Right)> merges)
    {
        var ranks = merges.Select((m, i) => (m, i)).ToDictionary(x => x.m, x => x.i);
        var tokens = text.Select(c => c.ToString()).ToList();
        while (true)
        {
            var (best, place) = (int.MaxValue, -1);
            for (var i = 0; i + 1 < tokens.Count; i++)
                if (ranks.TryGetValue((tokens[i], tokens[i + 1]), out var rank) && rank < best) (best, place) = (rank, i);
            if (place < 0) return tokens;
            tokens[place] += tokens[place + 1];
            tokens.RemoveAt(place + 1);
        }
    }

    /// <summary>
    /// Merges the most frequent pair, of equals the one of the lowest numbers (letters in alphabetical order, then merges in the order
    /// made), over and over.
    /// </summary>
    public static List<(string Left, string Right)> Train(IEnumerable<string> texts, int merges, int minimumCount = 1)
    {
        var words = texts.Select(t => t.Select(c => c.ToString()).ToList()).ToList();
        var numbers = words.SelectMany(w => w).Distinct().Order(StringComparer.Ordinal).Select((t, i) => (t, i))
            .ToDictionary(x => x.t, x => x.i);
        var made = new List<(string, string)>();
        while (made.Count < merges)
        {
            var counts = new Dictionary<(string Left, string Right), int>();
            foreach (var word in words)
                for (var i = 0; i + 1 < word.Count; i++)
                    counts[(word[i], word[i + 1])] = counts.GetValueOrDefault((word[i], word[i + 1])) + 1;
            if (counts.Count == 0) break;
            var (pair, count) = counts.OrderByDescending(c => c.Value).ThenBy(c => numbers[c.Key.Left]).ThenBy(c => numbers[c.Key.Right])
                .First();
            if (count < minimumCount) break;
            made.Add(pair);
            numbers.TryAdd(pair.Left + pair.Right, numbers.Count);
            foreach (var word in words)
                for (var i = 0; i + 1 < word.Count; i++)
                    if (word[i] == pair.Left && word[i + 1] == pair.Right)
                    {
                        word[i] += word[i + 1];
                        word.RemoveAt(i + 1);
                    }
        }
        return made;
    }
}
