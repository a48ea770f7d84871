using System.Text.Json;

namespace PluginHost.Plugins.KMer;

/// <summary>
/// k-mers at a fixed stride (Ji et al. 2021, 2.2.1). A k-mer with a base other than A, C, G, T is [UNK], which still has
/// its bases' span; so is a sequence shorter than the shortest word.
/// </summary>
internal sealed class KMerTokenizer : ITokenizer
{
    private readonly KMerWindows windows;
    private readonly int[]? remap;
    private readonly int unknown;
    private readonly int classification;
    private readonly int separator;

    public KMerTokenizer(KMerWindows windows, Vocabulary vocabulary)
    {
        this.windows = windows;
        Vocabulary = vocabulary;
        unknown = vocabulary.Unknown!.Value;
        classification = vocabulary.Classification!.Value;
        separator = vocabulary.Separator!.Value;
        var ids = KMerVocabulary.Words(windows.K).Select(word => vocabulary.Find(word)!.Value).ToArray();
        var published = unknown == KMerIds.Unknown && ids.Select((id, value) => id == value + KMerIds.First).All(same => same);
        remap = published ? null : ids;
    }

    public static KMerTokenizer Create(KMerOptions options, BuildContext context)
    {
        var windows = new KMerWindows(options.K, options.Stride, options.Tail);
        var file = context.SavedFile(KMerVocabulary.FileName)
            ?? (options.Vocab is null ? null : context.ResolvePath(options.Vocab));
        return new(windows, file is null ? KMerVocabulary.Make(windows) : KMerVocabulary.Read(file, windows));
    }

    public Vocabulary Vocabulary { get; }

    public int CountTokens(Sample sample, EncodeContext context)
    {
        var special = context.SpecialTokens ? 2 : 0;
        return Math.Min(windows.Count(sample.Sequence.Length), Room(context)) + special;
    }

    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        var length = sample.Sequence.Length;
        var count = Math.Min(windows.Count(length), Room(context));
        var offset = context.SpecialTokens ? 1 : 0;
        var ids = new int[count + 2 * offset];
        var spans = new BaseSpan[ids.Length];
        for (var i = 0; i < count; i++) spans[i + offset] = windows.Span(i, length);
        Fill(sample.Sequence, ids.AsSpan(offset, count));
        if (context.SpecialTokens)
        {
            ids[0] = classification;
            ids[^1] = separator;
        }
        return new(ids, spans) { DroppedBases = length - (count == 0 ? 0 : spans[count - 1 + offset].End) };
    }

    /// <summary>
    /// Lays the words at their stride. [UNK] and [MASK] hold their k places: bases that no other word tells are N, as are
    /// bases between words when the stride exceeds k. Other special tokens take no place. Exact for every sequence over
    /// A, C, G, T of at least k bases, unless the tail was dropped.
    /// </summary>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var bases = new char[ids.Length * windows.Stride + windows.K];
        Array.Fill(bases, 'N');
        var start = 0;
        var end = 0;
        foreach (var id in ids)
        {
            if ((uint)id >= (uint)Vocabulary.Count)
                throw new DataException($"Id {id} is not in the vocabulary of {Vocabulary.Count} tokens.");
            var holds = id == unknown || id == Vocabulary.Mask;
            if (Vocabulary.IsSpecial(id) && !holds) continue;
            var word = holds ? "" : Vocabulary.Tokens[id];
            for (var i = 0; i < word.Length; i++)
                if (bases[start + i] == 'N') bases[start + i] = word[i];
            end = start + (holds ? windows.K : word.Length);
            start += windows.Stride;
        }
        return new(bases, 0, end);
    }

    /// <summary>
    /// Writes <c>vocab.txt</c>, and for Python's BERT tokenizers <c>special_tokens_map.json</c> and <c>tokenizer_config.json</c>: they
    /// lower-case everything, hence know no word, unless told not to.
    /// </summary>
    public IReadOnlyList<string> Save(string folder)
    {
        File.WriteAllLines(Path.Combine(folder, KMerVocabulary.FileName), Vocabulary.Tokens);
        var roles = KMerVocabulary.Roles.ToDictionary(r => $"{r.Role}_token", object (r) => r.Text);
        File.WriteAllText(Path.Combine(folder, "special_tokens_map.json"), JsonSerializer.Serialize(roles));
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"),
            JsonSerializer.Serialize(new Dictionary<string,
                object>(roles)
            { ["tokenizer_class"] = "BertTokenizer", ["do_lower_case"] = false }));
        return [KMerVocabulary.FileName, "special_tokens_map.json", "tokenizer_config.json"];
    }

    private static int Room(EncodeContext context)
    {
        var room = context.MaxTokens - (context.SpecialTokens ? 2 : 0);
        return room > 0
            ? room
            : throw new UsageException(
                $"A limit of {context.MaxTokens} tokens leaves no room for bases; allow at least {(context.SpecialTokens ? 3 : 1)}.");
    }

    private void Fill(string sequence, Span<int> ids)
    {
        if (windows.Stride == 1 && sequence.Length >= windows.K)
        {
            KMerIds.Encode(sequence.AsSpan(0, ids.Length + windows.K - 1), windows.K, ids);
            if (remap is not null)
                foreach (ref var id in ids) id = id == KMerIds.Unknown ? unknown : remap[id - KMerIds.First];
            return;
        }
        for (var i = 0; i < ids.Length; i++) ids[i] = Word(sequence, windows.Span(i, sequence.Length));
    }

    private int Word(string sequence, BaseSpan span)
    {
        var word = sequence.AsSpan(span.Start, span.Length);
        if (word.Length < windows.K) return Vocabulary.Find(word.ToString().ToUpperInvariant()) ?? unknown;
        var value = KMerIds.Value(word);
        return value < 0 ? unknown : remap is null ? value + KMerIds.First : remap[value];
    }
}
