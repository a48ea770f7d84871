using PluginHost.Host.Plugins.Probing;

namespace PluginHost.Host.Tests.Plugins.Probing;

public sealed class ProbeCacheTests : IDisposable
{
    private static readonly Verdict harmless = new(null, ["metric speech"]), deadly = new("it ended the process", []) { IsDeadly = true };

    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-").FullName;
    private readonly string plugin;
    private readonly ProbeCache cache;

    public ProbeCacheTests()
    {
        plugin = Path.Combine(folder, "Some");
        Directory.CreateDirectory(Path.Combine(plugin, "runtimes"));
        File.WriteAllText(Path.Combine(plugin, "Some.dll"), "code");
        File.WriteAllText(Path.Combine(plugin, "runtimes", "some.so"), "native code");
        cache = new ProbeCache(Path.Combine(folder, "cache"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_kept_is_found_again_and_nothing_else()
    {
        Assert.Null(cache.Find(plugin));
        cache.Keep(plugin, harmless);
        Assert.True(cache.Find(plugin) is { IsGood: true, IsDeadly: false });
        cache.Keep(plugin, deadly);
        Assert.True(cache.Find(plugin) is { Failure: "it ended the process", IsDeadly: true });
        Assert.Null(new ProbeCache(Path.Combine(folder, "other")).Find(plugin));
    }

    [Fact]
    public void What_can_be_mended_from_outside_is_not_held_against_it()
    {
        cache.Keep(plugin, new Verdict("it needs Speech 1.0.0.0, which is not in its folder", []));
        Assert.True(cache.Find(plugin) is { IsGood: true });
    }

    [Theory]
    [InlineData("Some.dll")]
    [InlineData("runtimes/some.so")]
    [InlineData("a new file")]
    public void A_file_that_changes_makes_it_new(string file)
    {
        cache.Keep(plugin, harmless);
        File.WriteAllText(Path.Combine(plugin, file), "other code, and as long");
        Assert.Null(cache.Find(plugin));
    }

    [Fact]
    public void The_same_files_elsewhere_or_later_are_the_same_plugin()
    {
        cache.Keep(plugin, deadly);
        var elsewhere = Path.Combine(folder, "moved", "Some");
        Directory.CreateDirectory(Path.Combine(folder, "moved"));
        Directory.Move(plugin, elsewhere);
        File.SetLastWriteTimeUtc(Path.Combine(elsewhere, "Some.dll"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        Assert.True(cache.Find(elsewhere) is { IsDeadly: true });
    }

    [Fact]
    public void Files_that_are_no_entries_count_as_nothing()
    {
        cache.Keep(plugin, harmless);
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "cache"))) File.WriteAllText(file, "{ not json");
        Assert.Null(cache.Find(plugin));
        cache.Keep(plugin, harmless);
        Assert.NotNull(cache.Find(plugin));
    }

    [Fact]
    public void A_hash_tells_names_and_contents_apart()
    {
        var before = FolderHash.Of(plugin);
        Assert.Matches("^[0-9a-f]{64}$", before);
        File.Move(Path.Combine(plugin, "Some.dll"), Path.Combine(plugin, "Same.dll"));
        Assert.NotEqual(before, FolderHash.Of(plugin));
        File.Move(Path.Combine(plugin, "Same.dll"), Path.Combine(plugin, "Some.dll"));
        Assert.Equal(before, FolderHash.Of(plugin));
    }
}
