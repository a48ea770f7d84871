namespace PluginHost.PluginKit;

/// <summary>A token for each base.</summary>
internal sealed class BasesTokenizer : ITokenizer
{
    private static readonly string[] special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    /// <inheritdoc/>
    public Vocabulary Vocabulary { get; } = new([.. special, "A", "C", "G", "T"], special);

    /// <inheritdoc/>
    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        var around = context.SpecialTokens ? 1 : 0;
        var count = Math.Clamp(context.MaxTokens - 2 * around, 0, sample.Sequence.Length);
        var (ids, spans) = (new int[count + 2 * around], new BaseSpan[count + 2 * around]);
        if (around == 1) (ids[0], ids[^1]) = (Vocabulary.Classification!.Value, Vocabulary.Separator!.Value);
        for (var i = 0; i < count; i++)
            (ids[i + around], spans[i + around]) =
                (Vocabulary.Find(sample.Sequence[i].ToString()) ?? Vocabulary.Unknown!.Value, new(i, i + 1));
        return new(ids, spans) { DroppedBases = sample.Sequence.Length - count };
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids) =>
        string.Concat(ids.ToArray().Where(id => !Vocabulary.IsSpecial(id)).Select(id => Vocabulary.Tokens[id]));

    /// <inheritdoc/>
    public IReadOnlyList<string> Save(string folder) => [];
}
