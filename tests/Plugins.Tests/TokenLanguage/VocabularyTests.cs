using PluginHost.PluginKit;
using PluginHost.Plugins.TokenLanguage;

namespace PluginHost.Plugins.Tests.TokenLanguage;

/// <summary>The published ids.</summary>
public sealed class VocabularyTests
{
    private static ITokenizer Make(object? options = null) =>
        new Workbench(new TokenLanguagePlugin()).UseTokenizer("token-language", options);

    [Theory]
    [InlineData("dynamic", 19_564)]
    [InlineData("fixed", 15_659)]
    public void It_has_the_published_size(string vocabulary, int size) => Assert.Equal(size, Make(new { vocabulary }).Vocabulary.Count);

    [Fact]
    public void Symbols_come_first_in_the_published_order()
    {
        var tokens = Make().Vocabulary.Tokens;
        Assert.Equal(
            "<0> <1> <2> <3> <4> <5> <6> <7> <8> <9> <+> <-> <*> </> <=> <&> <|> <!> <M> <B> <P> <R> <I> <K> <L> <O> <Q> <S> <U> <V> <W> "
                + "<Y> <X> <Z>",
            string.Join(' ', tokens.Take(34)));
    }

    [Theory]
    [InlineData("<+>", 10)]
    [InlineData("<=>", 14)]
    [InlineData("<M>", 18)]
    [InlineData("<B>", 19)]
    [InlineData("<P>", 20)]
    [InlineData("<R>", 21)]
    [InlineData("N", 34)]
    [InlineData("A", 35)]
    [InlineData("G", 36)]
    [InlineData("C", 37)]
    [InlineData("T", 38)]
    [InlineData("NN", 39)]
    [InlineData("TT", 63)]
    [InlineData("NNN", 64)]
    [InlineData("NNNNNN", 34 + 5 + 25 + 125 + 625 + 3125)]
    [InlineData("TTTTTT", 19_563)]
    public void Dynamic_ids_are_the_published_ones(string token, int id) => Assert.Equal(id, Make().Vocabulary.Find(token));

    [Theory]
    [InlineData("NNNNNN", 34)]
    [InlineData("NNNNNA", 35)]
    [InlineData("TTTTTT", 15_658)]
    public void Fixed_ids_are_the_published_ones(string token, int id) =>
        Assert.Equal(id, Make(new { vocabulary = "fixed" }).Vocabulary.Find(token));

    [Fact]
    public void Padding_and_the_unknown_token_are_named()
    {
        var vocabulary = Make().Vocabulary;
        Assert.Equal((20, 0, null, null, null),
            (vocabulary.Pad, vocabulary.Unknown, vocabulary.Classification, vocabulary.Separator, vocabulary.Mask));
        Assert.Equal(34, Enumerable.Range(0, vocabulary.Count).Count(vocabulary.IsSpecial));
    }

    [Theory]
    [InlineData("dynamic", 1)]
    [InlineData("dynamic", 4)]
    [InlineData("fixed", 3)]
    public void Every_words_id_is_computed_as_the_vocabulary_has_it(string vocabulary, int k)
    {
        var tokenizer = Make(new { vocabulary, k });
        for (var id = 34; id < tokenizer.Vocabulary.Count; id++)
            Assert.Equal([id], tokenizer.Encode(new("x", tokenizer.Vocabulary.Tokens[id]), new()).Ids);
    }

    [Fact]
    public void A_model_folder_of_other_words_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("token-language-").FullName;
        try
        {
            var bench = new Workbench(new TokenLanguagePlugin());
            Assert.Equal(["vocab.txt"], bench.UseTokenizer("token-language", new { k = 3 }).Save(folder));
            bench.ModelFolder = folder;
            bench.UseTokenizer("token-language", new { k = 3 });
            var message = Assert.Throws<DataException>(() => bench.UseTokenizer("token-language", new { k = 2 })).Message;
            Assert.Contains("189 tokens that are not the 64 of these options", message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
