namespace PluginHost.Abstractions.Tests;

public sealed class CollateContextTests
{
    private sealed class Letters : ITokenizer
    {
        public Vocabulary Vocabulary { get; } = new(["[UNK]", "A", "C", "G", "T"], ["[UNK]"]);

        public EncodedSequence Encode(Sample sample, EncodeContext context)
        {
            var kept = sample.Sequence[..Math.Min(sample.Sequence.Length, context.MaxTokens)];
            return new([.. kept.Select(c => Vocabulary.Find(c.ToString()) ?? 0)], [.. kept.Select((_, i) => new BaseSpan(i, i + 1))])
            { DroppedBases = sample.Sequence.Length - kept.Length };
        }

        public string Decode(ReadOnlySpan<int> ids) => throw new NotSupportedException();

        public IReadOnlyList<string> Save(string folder) => [];
    }

    private static CollateContext Context(int maxTokens) => new(new Letters(), maxTokens, CollateMode.Evaluate, new SeededRandom(1));

    [Fact]
    public void Room_is_kept_for_what_an_objective_appends() =>
        Assert.Equal(3, Context(4).EncodeReserving(new("a", "ACGTAC"), 1).Ids.Length);

    [Fact]
    public void A_part_is_encoded_within_a_limit_of_its_own() =>
        Assert.Equal(2, Context(4).EncodeWithin(new("a", "ACG"), 2, specialTokens: false).Ids.Length);

    [Fact]
    public void A_tokenizers_text_is_its_tokens() =>
        Assert.Equal("AC[UNK]", ((ITokenizer)new Letters()).Text(new Letters().Encode(new("a", "ACN"), new EncodeContext())));

    [Fact]
    public void An_empty_sequence_is_refused_by_its_origin() => Assert.Equal(
        "t.csv:3: the sequence is empty; give it bases or drop the row.",
        Assert.Throws<DataException>(() => Context(4).Encode(new("a", "") { Origin = "t.csv:3" })).Message);
}
