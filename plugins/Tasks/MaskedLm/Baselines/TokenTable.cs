namespace PluginHost.Plugins.MaskedLm;

/// <summary>Unigram probabilities of tokens, summed over those that agree with known bases. Not thread-safe: it caches.</summary>
internal sealed class TokenTable
{
    private const int LongestWord = 31;
    private readonly double[] probability;
    private readonly Dictionary<int, List<(ulong Word, int Id)>> byLength = [];
    private readonly Dictionary<int, int[]> byWord = [];
    private readonly Dictionary<(int Length, ulong Known, ulong Word), Match> cache = [];
    private readonly Match anything;

    /// <param name="vocabulary">Texts and special tokens.</param>
    /// <param name="counts">How often each id occurs in training, axis V. One is added to each regular token.</param>
    public TokenTable(Vocabulary vocabulary, long[] counts)
    {
        probability = new double[vocabulary.Count];
        var regular = vocabulary.Regular.ToArray();
        var total = regular.Sum(id => counts[id] + 1.0);
        var best = regular[0];
        foreach (var id in regular)
        {
            probability[id] = (counts[id] + 1) / total;
            if (probability[id] > probability[best]) best = id;
            var text = vocabulary.Tokens[id];
            if (!TryPack(text, out var word)) continue;
            if (!byLength.TryGetValue(text.Length, out var words)) byLength[text.Length] = words = [];
            words.Add((word, id));
        }
        anything = new(1, best);
        foreach (var (length, words) in byLength)
        {
            if (length > 8 || words.Count != 1 << (2 * length)) continue;
            byWord[length] = new int[words.Count];
            foreach (var (word, id) in words) byWord[length][word] = id;
        }
    }

    /// <summary>A token's probability; 0 for special tokens.</summary>
    public double this[int id] => probability[id];

    /// <summary>Packs A, C, G, T into two bits each, first base highest.</summary>
    public static bool TryPack(ReadOnlySpan<char> text, out ulong word)
    {
        word = 0;
        if (text.Length > LongestWord) return false;
        foreach (var letter in text)
        {
            var digit = "ACGT".IndexOf(letter);
            if (digit < 0) return false;
            word = word << 2 | (uint)digit;
        }
        return true;
    }

    /// <summary>Tokens whose text agrees with the known bases. When no base is known, all tokens of any length.</summary>
    /// <param name="length">Bases of the token asked for.</param>
    /// <param name="known">Two bits set for each known base.</param>
    /// <param name="word">The known bases, packed; 0 elsewhere.</param>
    public Match Agreeing(int length, ulong known, ulong word)
    {
        if (known == 0 || !byLength.ContainsKey(length)) return anything;
        if (!cache.TryGetValue((length, known, word), out var match))
            cache[(length, known, word)] = match = Sum(length, known, word);
        return match;
    }

    private Match Sum(int length, ulong known, ulong word)
    {
        var sum = 0.0;
        var best = -1;
        void Take(int id)
        {
            sum += probability[id];
            if (best < 0 || probability[id] > probability[best]) best = id;
        }
        if (byWord.TryGetValue(length, out var ids))
        {
            var free = ~known & ((1UL << (2 * length)) - 1);
            var rest = 0UL;
            do
            {
                Take(ids[word | rest]);
                rest = (rest - free) & free;   // the next subset of the free bits (Knuth 7.1.3)
            }
            while (rest != 0);
        }
        else
        {
            foreach (var (text, id) in byLength[length])
                if ((text & known) == word) Take(id);
        }
        return best < 0 ? anything : new(sum, best);
    }

    /// <summary>What agrees with the known bases.</summary>
    /// <param name="Sum">Probability of all that agree.</param>
    /// <param name="Best">The most probable of them.</param>
    public readonly record struct Match(double Sum, int Best);
}
