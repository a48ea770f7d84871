namespace PluginHost.Plugins.Tests.ByteSeq2Seq;

/// <summary>
/// A token a base, an end token, and sentinels: what byte-level models need, in a vocabulary that gradients can be recorded for.
/// </summary>
internal sealed class TinyBytes : ITokenizer, IPlugin
{
    private const string Letters = "ACGTN";

    public Vocabulary Vocabulary { get; } = new(
        ["[PAD]", "[SEP]", "[UNK]", .. Letters.Select(c => c.ToString()), .. Enumerable.Range(0, 16).Select(i => $"<extra_id_{i}>")],
        ["[PAD]", "[SEP]", "[UNK]", .. Enumerable.Range(0, 16).Select(i => $"<extra_id_{i}>")]);

    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        var taken = Math.Min(sample.Sequence.Length, context.SpecialTokens ? context.MaxTokens - 1 : context.MaxTokens);
        var ids = Enumerable.Range(0, taken).Select(i => Vocabulary.Find(sample.Sequence[i].ToString()) ?? Vocabulary.Unknown!.Value);
        var spans = Enumerable.Range(0, taken).Select(i => new BaseSpan(i, i + 1));
        return context.SpecialTokens
            ? new([.. ids, Vocabulary.Separator!.Value], [.. spans, BaseSpan.None]) { DroppedBases = sample.Sequence.Length - taken }
            : new([.. ids], [.. spans]) { DroppedBases = sample.Sequence.Length - taken };
    }

    public string Decode(ReadOnlySpan<int> ids)
    {
        var text = new System.Text.StringBuilder();
        foreach (var id in ids)
            if (!Vocabulary.IsSpecial(id)) text.Append(Vocabulary.Tokens[id]);
        return text.ToString();
    }

    public IReadOnlyList<string> Save(string folder) => [];

    public void Register(ICatalog catalog) => catalog.Add<ITokenizer, NoOptions>("tiny-bytes", (_, _) => new TinyBytes(), "For tests.");
}
