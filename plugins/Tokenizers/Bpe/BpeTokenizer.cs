using System.Text.Json;

namespace PluginHost.Plugins.Bpe;

/// <summary>
/// Byte-pair encoding with the ids of Hugging Face's library. Every character outside the vocabulary, N and lower case
/// among them, is one [UNK] with that character's span, and no token runs across it.
/// </summary>
internal sealed class BpeTokenizer : ITokenizer
{
    private readonly BpeModel model;
    private readonly TextPieces pieces;
    private readonly int[] before;
    private readonly int[] after;
    private readonly int unknown;

    public BpeTokenizer(BpeModel model)
    {
        this.model = model;
        Vocabulary = new Vocabulary(model.Tokens, [.. model.Special]);
        pieces = new TextPieces(model, Vocabulary);
        before = [.. model.Before.Select(text => Vocabulary.Find(text)!.Value)];
        after = [.. model.After.Select(text => Vocabulary.Find(text)!.Value)];
        unknown = Vocabulary.Unknown!.Value;
    }

    public static BpeTokenizer Create(BpeOptions options, BuildContext context)
    {
        var path = context.SavedFile(TokenizerFile.FileName) ?? context.ResolvePath(options.Vocab!);
        var model = TokenizerFile.Read(path);
        try
        {
            return new(model);
        }
        catch (DataException unfit)
        {
            throw new DataException($"{path}: {unfit.Message}", unfit);
        }
    }

    public Vocabulary Vocabulary { get; }

    public int CountTokens(Sample sample, EncodeContext context)
    {
        using var text = pieces.Cut(sample.Sequence);
        return Math.Min(text.Tokens, Room(context)) + (context.SpecialTokens ? before.Length + after.Length : 0);
    }

    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        using var text = pieces.Cut(sample.Sequence);
        var count = Math.Min(text.Tokens, Room(context));
        var first = context.SpecialTokens ? before.Length : 0;
        // Every place is written below.
        var ids = GC.AllocateUninitializedArray<int>(first + count + (context.SpecialTokens ? after.Length : 0));
        var spans = GC.AllocateUninitializedArray<BaseSpan>(ids.Length);
        pieces.Fill(text, ids.AsSpan(first, count), spans.AsSpan(first, count));
        if (context.SpecialTokens)
        {
            before.CopyTo(ids, 0);
            after.CopyTo(ids, first + count);
            spans.AsSpan(0, first).Clear();
            spans.AsSpan(first + count).Clear();
        }
        return new(ids, spans) { DroppedBases = sample.Sequence.Length - (count > 0 ? spans[first + count - 1].End : 0) };
    }

    /// <summary>The tokens' texts in order; [UNK] is N, other special tokens are nothing.</summary>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var text = new System.Text.StringBuilder();
        foreach (var id in ids)
        {
            if ((uint)id >= (uint)Vocabulary.Count)
                throw new DataException($"Id {id} is not in the vocabulary of {Vocabulary.Count} tokens.");
            if (id == unknown) text.Append('N');
            else if (!Vocabulary.IsSpecial(id)) text.Append(Vocabulary.Tokens[id]);
        }
        return text.ToString();
    }

    /// <summary>
    /// Writes <c>tokenizer.json</c>, and the <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c> with which Python's
    /// transformers load it.
    /// </summary>
    public IReadOnlyList<string> Save(string folder)
    {
        using (var stream = File.Create(Path.Combine(folder, TokenizerFile.FileName))) TokenizerWriter.Write(model, stream);
        var roles = new Dictionary<string, object>();
        foreach (var (role, text) in (IEnumerable<(string, string)>)[("unk", "[UNK]"), ("cls", "[CLS]"), ("sep", "[SEP]"), ("pad", "[PAD]"),
            ("mask", "[MASK]")])
            if (Vocabulary.Find(text) is not null) roles[$"{role}_token"] = text;
        File.WriteAllText(Path.Combine(folder, "special_tokens_map.json"), JsonSerializer.Serialize(roles));
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"),
            JsonSerializer.Serialize(new Dictionary<string, object>(roles) { ["tokenizer_class"] = "PreTrainedTokenizerFast" }));
        return [TokenizerFile.FileName, "special_tokens_map.json", "tokenizer_config.json"];
    }

    private int Room(EncodeContext context)
    {
        var special = context.SpecialTokens ? before.Length + after.Length : 0;
        return context.MaxTokens > special
            ? context.MaxTokens - special
            : throw new UsageException($"A limit of {context.MaxTokens} tokens leaves no room for bases; allow at least {special + 1}.");
    }
}
