using PluginHost.Libs.Genomics.Features;

namespace PluginHost.Data.Tests.Genomics;

public sealed class FeatureAttributesTests
{
    [Theory]
    [InlineData("""gene_id "G1"; gene_name "CYCD1;1"; note "old; b wrong";b "right";""", "right")]
    [InlineData("""note "a=b; c"; b "right" """, "right")]
    [InlineData("""note "5\"; b \"no"; b "right";""", "right")]
    [InlineData("""note "the "old" name"; b "right";""", "right")]
    [InlineData("""gene_id "G1" b "right" x "y";""", "right")]
    [InlineData("""gene_id G1; b right; x y""", "right")]
    [InlineData("""gene_id G1; b right # b wrong""", "right # b wrong")]
    [InlineData("""gene_id "G1"; b "right"; # b "wrong";""", "right")]
    [InlineData("""b "";b "right";""", "right")]
    [InlineData("""bb "no"; ab "no"; b "right";""", "right")]
    [InlineData("ID=x;b=right;Note=b=wrong", "right")]
    [InlineData("ID=x; b = right ;", "right")]
    [InlineData("b=a%3Bb%2Cc%20%25;ID=x", "a;b,c %")]
    [InlineData("""Note="x;y";b=right""", "right")]
    [InlineData("""Note="x" and "y";b="two words";;""", "two words")]
    [InlineData("b=caf%C3%A9", "café")]
    [InlineData("""b "open; x 1;""", "open")]
    [InlineData("partial;b=right", "right")]
    [InlineData("ID=x;b=", null)]
    [InlineData("", null)]
    [InlineData(";;; ", null)]
    public void A_value_is_found(string written, string? value) => Assert.Equal(value, new FeatureAttributes(written)["b"]);

    [Fact]
    public void Keys_given_twice_and_lists_keep_all_values()
    {
        var attributes = new FeatureAttributes("""tag "basic"; tag "CCDS"; tag "basic"; transcript_id "t,1";""");
        Assert.Equal(["basic", "CCDS"], attributes.All("tag"));
        Assert.Equal("basic", attributes["tag"]);
        Assert.Equal("t,1", attributes["transcript_id"]);
        Assert.Equal(["a", "b,c", "d"], new FeatureAttributes("Parent=a,b%2Cc;Parent=d").List("Parent"));
        Assert.Empty(attributes.List("Parent"));
    }
}
