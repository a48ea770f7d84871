using FsCheck;
using FsCheck.Fluent;

namespace PluginHost.Host.Tests.Plugins;

public sealed class NearestTests
{
    [Theory]
    [InlineData("kk", "k", "k,stride")]
    [InlineData("tokeniser", "tokenizer", "tokenizer,architecture,stages")]
    [InlineData("learning_rate", "learningRate", "learningRate,warmup")]
    [InlineData("LearningRate", "learningRate", "learningRate,warmup")]
    [InlineData("setps", "steps", "steps,epochs")]
    [InlineData("masked", "masked-lm", "masked-lm,classify")]
    public void Finds_what_was_meant(string word, string meant, string candidates) =>
        Assert.Equal(meant, Nearest.To(word, candidates.Split(','))[0]);

    [Fact]
    public void Says_nothing_when_nothing_is_near() => Assert.Equal("", Nearest.Hint("banana", ["k", "stride"]));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("abc", "acb", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Distances(string a, string b, int distance) => Assert.Equal(distance, Nearest.Distance(a, b));

    [Fact]
    public void The_distance_is_symmetric_and_zero_only_between_equals() => Prop.ForAll<NonNull<string>, NonNull<string>>((a, b) =>
    {
        var d = Nearest.Distance(a.Get, b.Get);
        return d == Nearest.Distance(b.Get, a.Get) && (d == 0) == (a.Get == b.Get) && d <= Math.Max(a.Get.Length, b.Get.Length);
    }).QuickCheckThrowOnFailure();
}
