namespace PluginHost.Benchmarks;

/// <summary>A token a base and 125 sentinels: what span corruption asks of a tokenizer.</summary>
internal sealed class SentinelBases : ITokenizer, IPlugin
{
    private static readonly string[] special = ["[PAD]", "[SEP]", "[UNK]", .. Enumerable.Range(0, 125).Select(i => $"<extra_id_{i}>")];

    public Vocabulary Vocabulary { get; } = new([.. special, "A", "C", "G", "T"], special);

    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        var ids = sample.Sequence.Select(c => special.Length + "ACGT".IndexOf(c)).Append(1).ToArray();
        return new(ids, [.. Enumerable.Range(0, sample.Sequence.Length).Select(i => new BaseSpan(i, i + 1)), BaseSpan.None]);
    }

    public string Decode(ReadOnlySpan<int> ids) =>
        string.Concat(ids.ToArray().Where(id => id >= special.Length).Select(id => Vocabulary.Tokens[id]));

    public IReadOnlyList<string> Save(string folder) => [];

    public void Register(ICatalog catalog) =>
        catalog.Add<ITokenizer, NoOptions>("sentinel-bases", (_, _) => new SentinelBases(), "For benchmarks.");
}
