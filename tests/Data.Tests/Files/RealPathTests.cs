using PluginHost.Libs.Files;

namespace PluginHost.Data.Tests.Files;

public sealed class RealPathTests : IDisposable
{
    private readonly string root = RealPath.Of(Directory.CreateTempSubdirectory("real").FullName);

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string At(string path) => Path.Combine(root, path);

    [Fact]
    public void Links_on_the_way_and_at_the_end_are_followed()
    {
        Directory.CreateDirectory(At("a/b"));
        File.WriteAllText(At("a/b/file"), "12345");
        Directory.CreateSymbolicLink(At("short"), "a/b");
        File.CreateSymbolicLink(At("a/link"), "../short/file");
        Assert.Equal(At("a/b/file"), RealPath.Of(At("a/link")));
        Assert.Equal(5, RealPath.Length(At("a/link")));
        Assert.Equal(At("a/none"), RealPath.Of(At("a/./b/../none")));
    }

    [Theory]
    [InlineData("a/file", true)]
    [InlineData("a", true)]
    [InlineData("ab", false)]
    [InlineData("a/../b", false)]
    [InlineData("a/out/x", false)]
    [InlineData("a/..x", true)]
    public void Inside_is_where_a_path_really_leads(string path, bool inside)
    {
        Directory.CreateDirectory(At("a"));
        Directory.CreateSymbolicLink(At("a/out"), "..");
        Assert.Equal(inside, RealPath.IsInside(At(path), At("a")));
    }

    [Fact]
    public void A_circle_of_links_ends()
    {
        File.CreateSymbolicLink(At("one"), "two");
        File.CreateSymbolicLink(At("two"), "one");
        Assert.Throws<IOException>(() => RealPath.Of(At("one")));
    }

    [Fact]
    public void A_linked_data_file_is_known_by_its_own_size()
    {
        File.WriteAllText(At("data"), new string('x', 1000));
        File.CreateSymbolicLink(At("link"), "data");
        var found = DataFingerprint.Of(At("link"));
        Assert.Equal((At("link"), 1000), (found.Path, found.Bytes));
        Assert.Equal(DataFingerprint.Of(At("data")).Sha256, found.Sha256);
    }
}
