using PluginHost.Host.Batches;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Tests.Training;
using PluginHost.Libs.Genomics.Leakage;

namespace PluginHost.Host.Tests.Batches;

public sealed class CountingTests
{
    private static readonly PlannedBatch anywhere = new(default, [], default, 0);

    private static BatchRecipe Recipe(IObjective objective, TooLong tooLong = TooLong.Truncate) =>
        new() { Tokenizer = new TinyParts.Letters(), Objective = objective, MaxTokens = 4, TooLong = tooLong };

    private static PreparedBatch Make(BatchRecipe recipe) =>
        recipe.Make(anywhere, [new("a", "ACGTAC"), new("b", "ANN") { Origin = "b.csv:2" }], CollateMode.Evaluate, new SeededRandom(1), 0);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_lost_is_counted_whichever_way_an_objective_asks_the_tokenizer(bool directly)
    {
        using var prepared = Make(Recipe(new Encodes(directly)));
        Assert.Equal(new EncodingTally(3, 1, 2, 7, 2, LeftOut: 1, Ambiguous: 2), prepared.Counted);
    }

    [Fact]
    public void The_reasons_of_unknown_tokens_are_told_apart()
    {
        static string Sentence(EncodingTally tally) => Assert.Single(tally.Sentences(64));
        Assert.EndsWith("0.4 % of the tokens (4 of 1,000) are outside the vocabulary: 4 are whole sequences, shorter than the tokenizer's "
            + "words.", Sentence(new(9, BaseTokens: 1000, UnknownTokens: 4, Short: 4)));
        Assert.EndsWith("2 hold N or other letters than A, C, G and T; 1 is a whole sequence, shorter than the tokenizer's words; 3 hold "
            + "only A, C, G and T, but the vocabulary lacks the words.",
            Sentence(new(9, BaseTokens: 1000, UnknownTokens: 6, Ambiguous: 2, Short: 1)));
    }

    [Fact]
    public void A_sequence_that_is_cut_is_refused_where_that_is_an_error() => Assert.StartsWith(
        "sample 'a': the sequence has 6 bases, more than the model's 4 tokens hold.",
        Assert.Throws<DataException>(() => Make(Recipe(new Encodes(directly: true), TooLong.Error))).Message);

    [Fact]
    public void A_sequence_of_another_alphabet_than_the_tokenizers_is_refused_and_named()
    {
        var recipe = Recipe(new Encodes(directly: true));
        var failure = Assert.Throws<DataException>(() => recipe.Make(anywhere, [new("a", "ACGT"), new("b", "A01") { Origin = "b.csv:2" }],
            CollateMode.Evaluate, new SeededRandom(1), 0));
        Assert.Equal(
            "b.csv:2: '0' at position 2 of the sequence is not in the tokenizer's alphabet, ACGTRYSWKMBDHVN. Give the data and the "
            + "tokenizer the same alphabet: both take the option 'alphabet' where they read more than nucleotides.", failure.Message);
    }

    private sealed class Encodes(bool directly) : TinyParts.MoreAThanT
    {
        public override Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
        {
            var encodings = samples.Select(s =>
                directly ? context.Tokenizer.Encode(s, new EncodeContext(context.MaxTokens)) : context.Encode(s)).ToList();
            var batch = Collation.Pad(samples, encodings, 0);
            batch.LeftOut = 1;
            return batch;
        }
    }
}
