using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Data.Tests.Files;

public sealed class OutputFolderTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("outputs").FullName;

    public OutputFolderTests()
    {
        Directory.CreateDirectory(At("data"));
        File.WriteAllText(At("data/train.csv"), "precious");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string At(string name) => Path.Combine(root, name);

    private static string[]? Made(string folder) => File.Exists(Path.Combine(folder, "made.txt")) ? ["made.txt", "sub/part.csv"] : null;

    private string Check(string name, bool force) => OutputFolder.Check(At(name), force, Made, At("data"), At("data/train.csv"));

    private void Write(string name, bool force)
    {
        using var folder = StagedFolder.Create(Check(name, force), force);
        folder.Add("made.txt", "new");
        folder.Add("sub/part.csv").Dispose();
        folder.Commit();
    }

    [Theory]
    [InlineData("data", "is the input itself")]
    [InlineData("data/", "is the input itself")]
    [InlineData(".", "holds the input")]
    [InlineData("door", "is the input itself")]
    public void A_folder_that_is_an_input_or_holds_one_is_never_replaced(string name, string said)
    {
        Directory.CreateSymbolicLink(At("door"), "data");
        foreach (var force in (bool[])[false, true])
            Assert.Contains(said, Assert.Throws<UsageException>(() => Check(name, force)).Message);
    }

    [Fact]
    public void A_folder_is_replaced_whole_with_force_and_only_where_the_command_made_it()
    {
        Write("out", false);
        Assert.Contains("exists already", Assert.Throws<UsageException>(() => Check("out", false)).Message);
        File.WriteAllText(At("out/made.txt"), "old");
        Write("out", true);
        Assert.Equal("new", File.ReadAllText(At("out/made.txt")));
        Assert.Equal(["data", "out"], Directory.GetFileSystemEntries(root).Select(Path.GetFileName).Order());

        File.WriteAllText(At("out/sub/notes.txt"), "mine");
        Assert.Contains("sub/notes.txt", Assert.Throws<UsageException>(() => Check("out", true)).Message);
        Directory.CreateDirectory(At("other"));
        File.WriteAllText(At("other/x"), "mine");
        Assert.Contains("was not made by this command", Assert.Throws<UsageException>(() => Check("other", true)).Message);
    }

    [Fact]
    public void A_folder_that_something_else_made_meanwhile_is_kept()
    {
        using var folder = StagedFolder.Create(Check("out", false), false);
        folder.Add("made.txt", "new");
        Directory.CreateDirectory(At("out"));
        File.WriteAllText(At("out/x"), "other");
        Assert.Throws<UsageException>(folder.Commit);
        Assert.Equal("other", File.ReadAllText(At("out/x")));
    }

    [Fact]
    public void An_empty_folder_and_one_behind_a_link_are_used()
    {
        Directory.CreateDirectory(At("far"));
        Directory.CreateSymbolicLink(At("link"), "far");
        Write("link", false);
        Assert.Equal("new", File.ReadAllText(At("far/made.txt")));
        Assert.Equal("far", new DirectoryInfo(At("link")).LinkTarget);
    }

    [Theory]
    [InlineData("-")]
    [InlineData("/dev/stdout")]
    public void A_stream_holds_no_folder(string name) =>
        Assert.Contains("name a folder", Assert.Throws<UsageException>(() => OutputFolder.Check(name, true, Made)).Message);
}
