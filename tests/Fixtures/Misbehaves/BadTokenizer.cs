namespace PluginHost.Fixtures;

public enum EncodingFault { None, Negative, Beyond, Outside, Disordered, TooMany, Nothing, Cancels, Noise, Draws }

/// <summary>A letter a token.</summary>
internal sealed class BadTokenizer(EncodingFault fault) : ITokenizer
{
    private static int calls;

    public Vocabulary Vocabulary { get; } = new(["[PAD]", "[UNK]", "A", "C", "G", "T"], ["[PAD]", "[UNK]"]);

    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        if (fault == EncodingFault.Nothing) return null!;
        if (fault == EncodingFault.Cancels) throw new OperationCanceledException("nobody asked for it");
        if (fault == EncodingFault.Noise) Console.WriteLine("NOISE of the tokenizer");
        var length = Math.Min(sample.Sequence.Length, context.MaxTokens) + (fault == EncodingFault.TooMany ? 1 : 0);
        var ids = Enumerable.Range(0, length)
            .Select(i => i < sample.Sequence.Length ? Vocabulary.Find(sample.Sequence[i].ToString()) ?? 1 : 1).ToArray();
        var spans = Enumerable.Range(0, length).Select(i => new BaseSpan(i, i + 1)).ToArray();
        if (fault == EncodingFault.Draws) ids[0] = 2 + Interlocked.Increment(ref calls) % 4;
        if (fault == EncodingFault.Negative) ids[^1] = -7;
        if (fault == EncodingFault.Beyond) ids[^1] = 99999;
        if (fault == EncodingFault.Outside) spans[^1] = new(length - 1, sample.Sequence.Length + 5);
        if (fault == EncodingFault.Disordered) (spans[0], spans[1]) = (spans[1], spans[0]);
        return new(ids, spans) { DroppedBases = Math.Max(0, sample.Sequence.Length - length) };
    }

    public int CountTokens(Sample sample, EncodeContext context) => Math.Min(sample.Sequence.Length, context.MaxTokens);

    public string Decode(ReadOnlySpan<int> ids) => string.Concat(ids.ToArray().Select(i => Vocabulary.Tokens[i]));

    public IReadOnlyList<string> Save(string folder) => [];
}
