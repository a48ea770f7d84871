namespace PluginHost.PluginKit;

/// <summary>A token a base: the smallest tokenizer that keeps the contract, to try other kinds with.</summary>
public sealed class SmallTokenizer : ITokenizer
{
    private static readonly string[] special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    /// <inheritdoc/>
    public Vocabulary Vocabulary { get; } = new([.. special, "A", "C", "G", "T", "N"], special);

    /// <inheritdoc/>
    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        var room = Math.Max(0, context.SpecialTokens ? context.MaxTokens - 2 : context.MaxTokens);
        var kept = Math.Min(room, sample.Sequence.Length);
        IEnumerable<int> ids = sample.Sequence[..kept].Select(letter => Vocabulary.Find(letter.ToString()) ?? Vocabulary.Unknown!.Value);
        IEnumerable<BaseSpan> spans = Enumerable.Range(0, kept).Select(i => new BaseSpan(i, i + 1));
        if (context.SpecialTokens)
        {
            ids = [Vocabulary.Classification!.Value, .. ids, Vocabulary.Separator!.Value];
            spans = [BaseSpan.None, .. spans, BaseSpan.None];
        }
        return new([.. ids], [.. spans]) { DroppedBases = sample.Sequence.Length - kept };
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var bases = new List<string>();
        foreach (var id in ids)
            if (!Vocabulary.IsSpecial(id)) bases.Add(Vocabulary.Tokens[id]);
        return string.Concat(bases);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Save(string folder)
    {
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), Vocabulary.Tokens);
        return ["vocab.txt"];
    }
}
