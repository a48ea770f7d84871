namespace PluginHost.Plugins.MaskedLm;

/// <summary>Unigram probabilities of tokens, summed over those that agree with known bases. Not thread-safe: it caches.</summary>
internal sealed class TokenTable
{
    private const int LongestWord = 31;
    private readonly double[] probability;
    private readonly Dictionary<int, List<(ulong Word, int Id)>> byLength = [];
    private readonly Dictionary<int, int[]> byWord = [];
    private readonly Dictionary<(int Length, ulong Known, ulong Word), Match> cache = [];
    private readonly Dictionary<(int Length, ulong Known, ulong Word), int[]> idCache = [];
    private readonly Match anything;
    private readonly Vocabulary vocabulary;

    /// <param name="vocabulary">Texts and special tokens.</param>
    /// <param name="counts">How often each id occurs in training, axis V. One is added to each token that can be asked for.</param>
    /// <param name="askable">Ids that can be asked for; null for the regular tokens.</param>
    public TokenTable(Vocabulary vocabulary, long[] counts, int[]? askable = null)
    {
        this.vocabulary = vocabulary;
        probability = new double[vocabulary.Count];
        askable ??= [.. vocabulary.Regular];
        var total = askable.Sum(id => counts[id] + 1.0);
        var best = askable[0];
        foreach (var id in askable)
        {
            probability[id] = (counts[id] + 1) / total;
            if (probability[id] > probability[best]) best = id;
            var text = vocabulary.Tokens[id];
            if (!TryPack(text, out var word)) continue;
            if (!byLength.TryGetValue(text.Length, out var words)) byLength[text.Length] = words = [];
            words.Add((word, id));
        }
        anything = new(1, best);
        SpecialMass = askable.Where(vocabulary.IsSpecial).Sum(id => probability[id]);
        foreach (var (length, words) in byLength)
        {
            if (length > 8 || words.Count != 1 << (2 * length)) continue;
            byWord[length] = new int[words.Count];
            foreach (var (word, id) in words) byWord[length][word] = id;
        }
    }

    /// <summary>A token's probability; 0 for those that cannot be asked for.</summary>
    public double this[int id] => probability[id];

    /// <summary>The most probable token.</summary>
    public int Best => anything.Best;

    /// <summary>Probability of all special tokens that can be asked for.</summary>
    public double SpecialMass { get; }

    /// <summary>Whether an id stands for no bases.</summary>
    public bool IsSpecial(int id) => vocabulary.IsSpecial(id);

    /// <summary>The belief from frequencies and known bases.</summary>
    public Belief About(int length, ulong known, ulong word)
    {
        var match = Agreeing(length, known, word);
        if (match == anything) return new(id => probability[id], match.Best);
        return new(id => IsSpecial(id) ? probability[id] : Agrees(id, length, known, word)
            ? (1 - SpecialMass) * probability[id] / match.Sum : 0, match.Best);
    }

    /// <summary>The tokens that agree with known bases, or null when that says nothing: see <see cref="Agreeing"/>.</summary>
    public int[]? AgreeingIds(int length, ulong known, ulong word)
    {
        if (Agreeing(length, known, word) == anything) return null;
        if (!idCache.TryGetValue((length, known, word), out var ids))
            idCache[(length, known, word)] = ids = [.. byLength[length].Where(w => (w.Word & known) == word).Select(w => w.Id)];
        return ids;
    }

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

    private bool Agrees(int id, int length, ulong known, ulong word) =>
        vocabulary.Tokens[id].Length == length && TryPack(vocabulary.Tokens[id], out var text) && (text & known) == word;

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
