namespace PluginHost.Plugins.TokenLanguage;

/// <summary>
/// Cuts sequences into words from the left and computes their ids without looking a text up: a word read as a number of
/// base 5 with digits N 0, A 1, G 2, C 3, T 4, after the ids of shorter words (the release's order). An alphabet of its own has
/// digits in the order of its characters.
/// </summary>
internal sealed class Words
{
    /// <summary>The bases in digit order.</summary>
    public const string Bases = "NAGCT";

    // Beyond that the embedding alone would be larger than the model.
    private const long MostWords = 1 << 20;
    private readonly TokenLanguageOptions options;
    private readonly string letters;
    private readonly int[] first;
    private readonly sbyte[] digits;

    /// <param name="options">Word length, which words there are, and what they are made of.</param>
    /// <exception cref="UsageException">There would be too many words.</exception>
    public Words(TokenLanguageOptions options)
    {
        this.options = options;
        letters = options is { Alphabet: { } own, ReadAs: null } ? own : Bases;
        if (Math.Pow(letters.Length, options.K) > MostWords)
            throw new UsageException($"token-language: {letters.Length} characters make {Math.Pow(letters.Length, options.K):N0} words of "
                + $"{options.K}, more than {MostWords:N0}; lower 'k'.");
        first = First();
        digits = DigitTable();
    }

    /// <summary>The sequence a word of the vocabulary stands for.</summary>
    public string Sequence(string word) => options is not { Alphabet: { } own, ReadAs: { } bases } ? word
        : string.Concat(word.Select(b => bases.IndexOf(b) is >= 0 and var i ? own[i] : b));

    /// <summary>Texts in id order, after the symbols.</summary>
    public IEnumerable<string> Texts()
    {
        for (var length = options.Vocabulary == WordSet.Dynamic ? 1 : options.K; length <= options.K; length++)
            for (var value = 0; value < Power(length); value++) yield return Text(value, length);
    }

    /// <summary>Tokens of a sequence of <paramref name="length"/> bases. One below k bases is always one token.</summary>
    public int Count(int length)
    {
        var whole = length / options.K;
        return length % options.K == 0 || (Drops && whole > 0) ? whole : whole + 1;
    }

    /// <summary>The bases of a token.</summary>
    public BaseSpan Span(int token, int length) => new(token * options.K, Math.Min((token + 1) * options.K, length));

    /// <summary>The id of the word over some bases; the unknown token's when there is none.</summary>
    public int Id(ReadOnlySpan<char> word)
    {
        var fill = 0;
        if (word.Length < options.K && options.Vocabulary == WordSet.Fixed)
        {
            if (options.Tail != ShortTail.Fill) return Unknown;
            fill = options.K - word.Length;
        }
        var value = 0;
        foreach (var c in word)
        {
            var digit = c < digits.Length ? digits[c] : -1;
            if (digit < 0) return Unknown;
            value = value * letters.Length + digit;
        }
        // N is digit 0.
        return first[word.Length + fill] + value * Power(fill);
    }

    private static int Unknown => Symbols.Id('0');

    private bool Drops => options is { Vocabulary: WordSet.Fixed, Tail: ShortTail.Drop };

    private int[] First()
    {
        var first = new int[options.K + 1];
        var next = Symbols.All.Length;
        for (var length = options.Vocabulary == WordSet.Dynamic ? 1 : options.K; length <= options.K; length++)
        {
            first[length] = next;
            next += Power(length);
        }
        return first;
    }

    private sbyte[] DigitTable()
    {
        var table = new sbyte[128];
        Array.Fill(table, (sbyte)-1);
        if (options.Alphabet is { } own)
        {
            for (var i = 0; i < own.Length; i++) table[own[i]] = (sbyte)(options.ReadAs is { } bases ? Bases.IndexOf(bases[i]) : i);
            return table;
        }
        if (options.Ambiguous == Ambiguity.N)
            foreach (var code in Iupac.Codes) table[code] = table[char.ToLowerInvariant(code)] = 0;
        for (sbyte digit = 0; digit < Bases.Length; digit++) table[Bases[digit]] = table[char.ToLowerInvariant(Bases[digit])] = digit;
        return table;
    }

    private int Power(int length)
    {
        var power = 1;
        for (var i = 0; i < length; i++) power *= letters.Length;
        return power;
    }

    private string Text(int value, int length)
    {
        var word = new char[length];
        for (var i = word.Length - 1; i >= 0; i--, value /= letters.Length) word[i] = letters[value % letters.Length];
        return new(word);
    }
}
