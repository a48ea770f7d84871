using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Probing;

namespace PluginHost.Host.Tests.Plugins.Probing;

public sealed class ProbeGateTests : IDisposable
{
    private readonly FixtureFolder folder = new();
    private readonly string cache = Directory.CreateTempSubdirectory("pluginhost-").FullName;
    private readonly List<string> tried = [], warnings = [];

    public ProbeGateTests()
    {
        foreach (var name in (string[])["EndsProcess", "SpeechOne"]) folder.Add(name);
    }

    public void Dispose()
    {
        folder.Dispose();
        Directory.Delete(cache, recursive: true);
    }

    private IReadOnlyList<PluginFolder> Examine(params string[] caches) => new ProbeGate(Try, [.. caches.Select(c => new ProbeCache(c))],
        warnings.Add).Examine(PluginFolders.Find([folder.Path]));

    private IReadOnlyList<Verdict> Try(IReadOnlyList<string> folders)
    {
        tried.AddRange(folders.Select(f => Path.GetFileName(f)!));
        return [.. folders.Select(f => f.EndsWith("EndsProcess", StringComparison.Ordinal)
            ? new Verdict("it ended the process", []) { IsDeadly = true } : new Verdict(null, []))];
    }

    [Fact]
    public void What_is_new_is_tried_once_and_what_ends_the_process_is_kept_out()
    {
        foreach (var _ in (int[])[1, 2])
        {
            var found = Examine(cache);
            Assert.Equal("tried in a process of its own, it ended the process; --trust loads it all the same", found[0].Problem);
            Assert.Null(found[1].Problem);
        }
        Assert.Equal(["EndsProcess", "SpeechOne"], tried);
        Assert.Empty(warnings);
    }

    [Fact]
    public void Only_the_new_ones_are_tried()
    {
        Examine(cache);
        folder.Add("SpeechTwo");
        Examine(cache);
        Assert.Equal(["EndsProcess", "SpeechOne", "SpeechTwo"], tried);
    }

    [Fact]
    public void What_was_delivered_with_the_host_is_known_already()
    {
        Examine(cache);
        tried.Clear();
        Assert.NotNull(Examine(Path.Combine(cache, "users"), cache)[0].Problem);
        Assert.Empty(tried);
    }

    [Fact]
    public void Where_nothing_can_be_kept_they_are_tried_each_time_and_the_host_goes_on()
    {
        File.WriteAllText(Path.Combine(cache, "file"), "");
        foreach (var _ in (int[])[1, 2]) Assert.NotNull(Examine(Path.Combine(cache, "file", "probes"))[0].Problem);
        Assert.Equal(4, tried.Count);
        Assert.All(warnings, w => Assert.Contains("Set XDG_CACHE_HOME", w));
    }

    [Fact]
    public void Where_no_process_can_be_started_they_are_loaded_with_a_warning()
    {
        var found = new ProbeGate(_ => throw new ResourceException("no room"), [new ProbeCache(cache)], warnings.Add)
            .Examine(PluginFolders.Find([folder.Path]));
        Assert.All(found, f => Assert.Null(f.Problem));
        Assert.Equal(["New plugins are loaded untried. no room"], warnings);
    }
}
