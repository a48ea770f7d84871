using FsCheck;
using FsCheck.Fluent;
using PluginHost.Host.Plugins.Store;

namespace PluginHost.Host.Tests.Plugins.Store;

public sealed class PluginVersionTests
{
    [Theory]
    [InlineData("2.0.0", ">=2.0 <3.0", true)]
    [InlineData("2.9.1", ">=2.0 <3.0", true)]
    [InlineData("3.0.0", ">=2.0 <3.0", false)]
    [InlineData("1.9.9", ">=2.0 <3.0", false)]
    [InlineData("1.2", ">=1.2 <2", true)]
    [InlineData("1.2.3.4", "1.2.3", true)]
    [InlineData("1.3.0", "^1.2", true)]
    [InlineData("1.3.0", "~1.2", false)]
    [InlineData("1.7.0", "1.x", true)]
    [InlineData("4.0.0", "^1 || ^4", true)]
    [InlineData("2.1.0-beta.1", ">=2.0 <3.0", true)]
    [InlineData("3.0.0-rc.1", ">=2.0 <3.0", false)]
    [InlineData("1.0.0+build", "1.0.0", true)]
    [InlineData("", "*", false)]
    public void A_version_is_in_a_range_or_not(string version, string range, bool fits) =>
        Assert.Equal(fits, PluginVersions.Fits(version, range));

    [Theory]
    [InlineData("new")]
    [InlineData(">=")]
    [InlineData("")]
    [InlineData("1.2.3.4.5")]
    public void What_is_no_range_is_none(string text) => Assert.False(PluginVersions.IsRange(text));

    [Fact]
    public void From_a_version_up_to_the_next_major_one_is_what_it_says() => Prop.ForAll(
        Three().ToArbitrary(), Three().ToArbitrary(), (low, v) =>
            PluginVersions.Fits($"{v[0]}.{v[1]}.{v[2]}", $">={low[0]}.{low[1]}.{low[2]} <{low[0] + 1}")
            == (v[0] == low[0] && (v[1] > low[1] || (v[1] == low[1] && v[2] >= low[2])))).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_two_versions_one_is_older_or_they_are_the_same() => Prop.ForAll(Three().ToArbitrary(), Three().ToArbitrary(), (a, b) =>
    {
        var (one, other) = (string.Join('.', a), string.Join('.', b));
        return PluginVersions.IsOlder(one, other) == (new Version(a[0], a[1], a[2]) < new Version(b[0], b[1], b[2]))
            && !(PluginVersions.IsOlder(one, other) && PluginVersions.IsOlder(other, one));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_breaks_it() => Prop.ForAll<string, string>((version, range) =>
        !PluginVersions.Fits(version ?? "", range ?? "") || PluginVersions.IsRange(range ?? "")).QuickCheckThrowOnFailure();

    private static Gen<int[]> Three() => Gen.Choose(0, 3).ArrayOf(3);
}
