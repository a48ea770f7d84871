using System.Globalization;
using System.Text;
using PluginHost.Libs.Files;

namespace PluginHost.Plugins.TokenLanguage;

/// <summary>
/// DNAGPT's token language (Zhang et al. 2023, 2.2): the sequence as non-overlapping k-mers cut from the left, with the
/// instructions, connections, numbers and classes that the template puts around it. A number token has the id of its
/// instruction M and carries its value in <see cref="Keys.Numbers"/>, marked in <see cref="Keys.NumberMask"/>.
/// Lower case counts as upper case.
/// </summary>
internal sealed class TokenLanguageTokenizer : ITokenizer
{
    private const string FileName = "vocab.txt";
    private readonly TokenLanguageOptions options;
    private readonly Words words;
    private readonly Prompt prompt;

    public TokenLanguageTokenizer(TokenLanguageOptions options)
    {
        this.options = options;
        Alphabet = Alphabet.Of(options.Alphabet);
        words = new Words(options);
        var template = Template.Parse(options.Template, WhyNoClasses(options));
        prompt = new Prompt(options, template);
        SampleFields = Template.Examples(template);
        Asks = TemplateEnd.Of(template, hasClasses: WhyNoClasses(options) is null, options.Classes);
        Vocabulary = new Vocabulary([.. Symbols.Texts, .. words.Texts()], Symbols.Texts, Symbols.Names);
        Writes = prompt.HasNumbers
            ? [Keys.InputIds, Keys.AttentionMask, Keys.Numbers, Keys.NumberMask]
            : [Keys.InputIds, Keys.AttentionMask];
    }

    public Vocabulary Vocabulary { get; }

    public Alphabet Alphabet { get; }

    public IReadOnlyList<BatchKey> Writes { get; }

    public IReadOnlyDictionary<string, object> SampleFields { get; }

    public Question Asks { get; }

    /// <exception cref="DataException">The model folder's vocabulary is another one.</exception>
    public static TokenLanguageTokenizer Create(TokenLanguageOptions options, BuildContext context)
    {
        var tokenizer = new TokenLanguageTokenizer(options);
        if (context.SavedFile(FileName) is { } file) CheckSaved(file, tokenizer.Vocabulary);
        return tokenizer;
    }

    public int CountTokens(Sample sample, EncodeContext context)
    {
        var (before, after) = Around(sample, context);
        return Math.Min(words.Count(sample.Sequence.Length) + before.Count + after.Count, context.MaxTokens);
    }

    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        var (before, after) = Around(sample, context);
        var length = sample.Sequence.Length;
        var room = options.Truncation == Cut.Sequence ? Room(context, before.Count + after.Count)
            : Math.Max(0, context.MaxTokens - before.Count);
        var count = Math.Min(words.Count(length), room);
        var total = Math.Min(before.Count + count + after.Count, context.MaxTokens);
        var ids = new int[total];
        var spans = new BaseSpan[total];
        var (values, isNumber) = (new float[total], new bool[total]);
        for (var t = 0; t < total; t++)
        {
            if (t >= before.Count && t < before.Count + count)
            {
                spans[t] = words.Span(t - before.Count, length);
                ids[t] = words.Id(sample.Sequence.AsSpan(spans[t].Start, spans[t].Length));
                continue;
            }
            var token = t < before.Count ? before[t] : after[t - before.Count - count];
            ids[t] = token.Id;
            (values[t], isNumber[t]) = (token.Value ?? 0, token.Value is not null);
        }
        var encoding = new EncodedSequence(ids, spans) { DroppedBases = length - (count == 0 ? 0 : words.Span(count - 1, length).End) };
        return prompt.HasNumbers ? encoding.With(Keys.Numbers, values).With(Keys.NumberMask, isNumber) : encoding;
    }

    /// <summary>
    /// The words one after another. Symbols take no place, nor does the classification token after B. Exact for every
    /// sequence over A, C, G, T and N with a dynamic vocabulary, with a fixed one for those of a multiple of k bases.
    /// </summary>
    /// <exception cref="DataException">An id outside the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var hasClasses = WhyNoClasses(options) is null;
        var bases = new StringBuilder(ids.Length * options.K);
        for (var t = 0; t < ids.Length; t++)
        {
            var text = TextOf(ids[t]);
            var isClass = hasClasses && text is "A" or "N" && t > 0 && ids[t - 1] == Symbols.Id(Symbols.Class);
            if (!Vocabulary.IsSpecial(ids[t]) && !isClass) bases.Append(words.Sequence(text));
        }
        return bases.ToString();
    }

    /// <summary>As the papers' prompts are written: <c>&lt;R&gt;ACGTACGT&lt;+&gt;&lt;M&gt;-0.5&lt;=&gt;&lt;M&gt;0.84</c>.</summary>
    public string Text(EncodedSequence encoding)
    {
        var text = new StringBuilder();
        var hasNumbers = encoding.TryGet<bool>(Keys.NumberMask, out var isNumber) & encoding.TryGet<float>(Keys.Numbers, out var values);
        for (var t = 0; t < encoding.Ids.Length; t++)
        {
            var value = hasNumbers && isNumber![t] ? values![t].ToString(CultureInfo.InvariantCulture) : TextOf(encoding.Ids[t]);
            if (hasNumbers && isNumber![t] && t > 0 && isNumber[t - 1]) text.Append(' ');
            text.Append(value);
        }
        return text.ToString();
    }

    public IReadOnlyList<string> Save(string folder)
    {
        File.WriteAllLines(Path.Combine(folder, FileName), Vocabulary.Tokens);
        return [FileName];
    }

    /// <summary>Why there are no classification tokens A and N, or null where there are.</summary>
    private static string? WhyNoClasses(TokenLanguageOptions options) =>
        options is { Alphabet: not null, ReadAs: null }
            ? $"the alphabet {options.Alphabet} lacks; give 'readAs', or use a classification head"
        : options.Vocabulary == WordSet.Fixed ? "'vocabulary: fixed' lacks; use 'vocabulary: dynamic'" : null;

    private static void CheckSaved(string file, Vocabulary vocabulary)
    {
        var saved = SmallFile.ReadLines(file, TextLimits.Vocabulary, "a vocabulary");
        if (!saved.AsSpan().SequenceEqual(vocabulary.Tokens.ToArray()))
            throw new DataException($"{file}: holds {saved.Length} tokens that are not the {vocabulary.Count} of these options; set "
                + "'vocabulary', 'k' and 'alphabet' as they were when the model was trained.");
    }

    private (List<Prompt.Token> Before, List<Prompt.Token> After) Around(Sample sample, EncodeContext context) =>
        context.SpecialTokens ? prompt.Compose(sample) : ([], []);

    private static int Room(EncodeContext context, int around) => context.MaxTokens > around
        ? context.MaxTokens - around
        : throw new UsageException($"A limit of {context.MaxTokens} tokens leaves no room for bases beside the template's {around}; "
            + "shorten the template or allow more tokens.");

    private string TextOf(int id) => (uint)id < (uint)Vocabulary.Count
        ? Vocabulary.Tokens[id]
        : throw new DataException($"Id {id} is not in the vocabulary of {Vocabulary.Count} tokens.");
}
