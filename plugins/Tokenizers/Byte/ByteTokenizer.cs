namespace PluginHost.Plugins.Byte;

/// <summary>
/// One id for each character by its Latin-1 byte, N and other codes included (ENBED, "Tokenization"), in ByT5's order
/// (Xue et al. 2022): padding, end of sequence, unknown, 256 bytes, sentinels. Only the end of the sequence is added.
/// </summary>
/// <remarks>
/// The sentinels <c>&lt;extra_id_0&gt;</c>, <c>&lt;extra_id_1&gt;</c>, ... are the paper's indexed MASK tokens; there is no other mask.
/// </remarks>
internal sealed class ByteTokenizer : ITokenizer
{
    public const string FileName = "vocab.txt";

    private const int FirstByte = 3;
    private static readonly string[] special = ["[PAD]", "[SEP]", "[UNK]"];
    private readonly int unknown;
    private readonly int end;

    public ByteTokenizer(ByteOptions options)
    {
        Alphabet = Alphabet.Of(options.Alphabet);
        string[] sentinels = [.. Enumerable.Range(0, options.Sentinels).Select(i => $"<extra_id_{i}>")];
        Vocabulary = new([.. special, .. Enumerable.Range(0, 256).Select(Text), .. sentinels], [.. special, .. sentinels]);
        unknown = Vocabulary.Unknown!.Value;
        end = Vocabulary.Separator!.Value;
    }

    public Vocabulary Vocabulary { get; }

    public Alphabet Alphabet { get; }

    public int CountTokens(Sample sample, EncodeContext context) =>
        Math.Min(sample.Sequence.Length, Room(context)) + (context.SpecialTokens ? 1 : 0);

    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        var bases = sample.Sequence.AsSpan(0, Math.Min(sample.Sequence.Length, Room(context)));
        var ids = new int[bases.Length + (context.SpecialTokens ? 1 : 0)];
        var spans = new BaseSpan[ids.Length];
        for (var i = 0; i < bases.Length; i++)
        {
            ids[i] = bases[i] < 256 ? FirstByte + bases[i] : unknown;
            spans[i] = new(i, i + 1);
        }
        if (context.SpecialTokens) ids[^1] = end;
        return new(ids, spans) { DroppedBases = sample.Sequence.Length - bases.Length };
    }

    /// <summary>The bytes as characters; special tokens and sentinels are nothing.</summary>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var text = new char[ids.Length];
        var length = 0;
        foreach (var id in ids)
        {
            if ((uint)id >= (uint)Vocabulary.Count)
                throw new DataException($"Id {id} is not in the vocabulary of {Vocabulary.Count} tokens.");
            if (id is >= FirstByte and < FirstByte + 256) text[length++] = (char)(id - FirstByte);
        }
        return new(text, 0, length);
    }

    public IReadOnlyList<string> Save(string folder)
    {
        File.WriteAllLines(Path.Combine(folder, FileName), Vocabulary.Tokens);
        return [FileName];
    }

    private static int Room(EncodeContext context)
    {
        var room = context.MaxTokens - (context.SpecialTokens ? 1 : 0);
        return room > 0
            ? room
            : throw new UsageException(
                $"A limit of {context.MaxTokens} tokens leaves no room for bases; allow at least {(context.SpecialTokens ? 2 : 1)}.");
    }

    private static string Text(int value) => value is > 0x20 and < 0x7F ? ((char)value).ToString() : $"<0x{value:X2}>";
}
