namespace MyPlugin.Tests;

public sealed class TokenizerTests
{
    private readonly Workbench bench = new(new Entry());

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void It_keeps_the_contract(int length) =>
        TokenizerChecks.Run(bench.UseTokenizer("my-plugin", new { length }), tokenBases: length);

    [Fact]
    public void It_cuts_words()
    {
        var tokenizer = bench.UseTokenizer("my-plugin", new { length = 3 });
        Assert.Equal(["[CLS]", "ATG", "GCC", "A", "[SEP]"],
            tokenizer.Encode(new("x", "ATGGCCA"), new()).Ids.Select(id => tokenizer.Vocabulary.Tokens[id]));
    }

    [Fact]
    public void Its_options_are_kept() => OptionsChecks.Run(bench.Offer<ITokenizer>("my-plugin"));
}
