using PluginHost.PluginKit;
using PluginHost.Plugins.TokenLanguage;

namespace PluginHost.Plugins.Tests.TokenLanguage;

public sealed class TemplateEndTests
{
    private static Question Of(object options) => new Workbench(new TokenLanguagePlugin()).UseTokenizer("token-language", options).Asks;

    [Theory]
    [InlineData("{species} {sequence} = M", AnswerKind.Number, 1)]
    [InlineData("R {sequence} + M {x} = M", AnswerKind.Number, 1)]
    [InlineData("<R>{sequence}<=><B>", AnswerKind.Class, 1)]
    [InlineData("{sequence} B", AnswerKind.Class, 1)]
    [InlineData("{sequence} = B B B", AnswerKind.Labels, 3)]
    // Told and not asked, or asked of nothing.
    [InlineData("{sequence} = M {y}", AnswerKind.None, 0)]
    [InlineData("{sequence} = B {y}", AnswerKind.None, 0)]
    [InlineData("{sequence} = B A", AnswerKind.None, 0)]
    [InlineData("{sequence} + M", AnswerKind.None, 0)]
    [InlineData("B {sequence}", AnswerKind.None, 0)]
    [InlineData("{sequence}", AnswerKind.None, 0)]
    [InlineData("<R>{sequence}<=><R>", AnswerKind.None, 0)]
    public void A_template_asks_by_its_last_symbols(string template, AnswerKind kind, int places)
    {
        var asked = Of(new { template });
        Assert.Equal((kind, places), (asked.Kind, asked.Places));
    }

    [Fact]
    public void No_and_yes_are_the_papers_or_the_releases()
    {
        Assert.Equal(["N", "A", "C", "G", "T"], Of(new { template = "{sequence} = B" }).Tokens);
        Assert.Equal(["A", "N"], Of(new { template = "{sequence} = B", classes = "release" }).Tokens.Take(2));
        Assert.Empty(Of(new { template = "{sequence} = M" }).Tokens);
    }

    [Fact]
    public void A_vocabulary_without_classification_tokens_asks_for_no_class()
    {
        Assert.Equal(Question.Nothing, Of(new { template = "{sequence} = B", vocabulary = "fixed" }));
        Assert.Equal(Question.Nothing, Of(new { template = "{sequence} = B", alphabet = "01" }));
        Assert.Equal(AnswerKind.Number, Of(new { template = "{sequence} = M", vocabulary = "fixed" }).Kind);
    }
}
