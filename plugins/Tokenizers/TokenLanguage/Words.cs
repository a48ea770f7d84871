namespace PluginHost.Plugins.TokenLanguage;

/// <summary>
/// Cuts sequences into words from the left and computes their ids without looking a text up: a word read as a number of
/// base 5 with digits N 0, A 1, G 2, C 3, T 4, after the ids of shorter words (the release's order).
/// </summary>
/// <param name="options">Word length, and which words there are.</param>
internal sealed class Words(TokenLanguageOptions options)
{
    /// <summary>The bases in digit order.</summary>
    public const string Digits = "NAGCT";

    private readonly int[] first = First(options);
    private readonly sbyte[] digits = DigitTable(options.Ambiguous);

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
            value = value * Digits.Length + digit;
        }
        // N is digit 0.
        return first[word.Length + fill] + value * Power(fill);
    }

    private static int Unknown => Symbols.Id('0');

    private bool Drops => options is { Vocabulary: WordSet.Fixed, Tail: ShortTail.Drop };

    private static int[] First(TokenLanguageOptions options)
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

    private static sbyte[] DigitTable(Ambiguity ambiguous)
    {
        var table = new sbyte[128];
        Array.Fill(table, (sbyte)-1);
        if (ambiguous == Ambiguity.N)
            foreach (var code in Iupac.Codes) table[code] = table[char.ToLowerInvariant(code)] = 0;
        for (sbyte digit = 0; digit < Digits.Length; digit++)
            table[Digits[digit]] = table[char.ToLowerInvariant(Digits[digit])] = digit;
        return table;
    }

    private static int Power(int length)
    {
        var power = 1;
        for (var i = 0; i < length; i++) power *= Digits.Length;
        return power;
    }

    private static string Text(int value, int length) => string.Create(length, value, static (word, value) =>
    {
        for (var i = word.Length - 1; i >= 0; i--, value /= Digits.Length) word[i] = Digits[value % Digits.Length];
    });
}
