namespace PluginHost.Abstractions.Tests;

public sealed class CollateContextTests
{
    private sealed class Letters : ITokenizer
    {
        public Vocabulary Vocabulary { get; } = new(["[UNK]", "A", "C", "G", "T"], ["[UNK]"]);

        public Encoding Encode(Sample sample, EncodeContext context)
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
    public void What_is_lost_is_counted()
    {
        var context = Context(4);
        context.Encode(new("a", "ACGTAC"));
        context.Encode(new("b", "ANN"));
        Assert.Equal((2, 1, 2, 7, 2), (context.Sequences, context.Truncated, context.DroppedBases, context.BaseTokens, context.UnknownTokens));
    }

    [Fact]
    public void Room_is_kept_and_what_is_left_out_is_counted()
    {
        var context = Context(4);
        Assert.Equal(3, context.EncodeReserving(new("a", "ACGTAC"), 1).Ids.Length);
        context.LeaveOut();
        Assert.Equal((2, 1, 3), (context.Sequences, context.LeftOut, context.DroppedBases));
    }

    [Fact]
    public void A_part_is_encoded_within_a_limit_of_its_own_and_counted()
    {
        var context = Context(4);
        Assert.Equal(2, context.EncodeWithin(new("a", "ACG"), 2, specialTokens: false).Ids.Length);
        Assert.Equal((1, 1, 1), (context.Sequences, context.Truncated, context.DroppedBases));
    }

    [Fact]
    public void A_tokenizers_text_is_its_tokens() =>
        Assert.Equal("AC[UNK]", ((ITokenizer)new Letters()).Text(new Letters().Encode(new("a", "ACN"), new EncodeContext())));

    [Fact]
    public void An_empty_sequence_is_refused_by_its_origin() => Assert.Equal(
        "t.csv:3: the sequence is empty; give it bases or drop the row.",
        Assert.Throws<DataException>(() => Context(4).Encode(new("a", "") { Origin = "t.csv:3" })).Message);
}
