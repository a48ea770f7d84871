using System.IO.Compression;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Store;

namespace PluginHost.Host.Tests.Plugins.Store;

/// <summary>Whatever is installed is there whole; whatever is refused leaves everything as it was.</summary>
public sealed class PluginStoreTests : IDisposable
{
    private readonly UserHome home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public void A_package_a_folder_and_a_NuGet_package_of_a_plugin_are_the_same_plugin()
    {
        var source = home.Fixture("NeedsLate");
        var sum = PluginContent.Read(source).Sha256;
        var package = Path.Combine(home.Folder, "NeedsLate.1.2.0.nupkg");
        using (var archive = ZipFile.Open(package, ZipArchiveMode.Create))
        {
            foreach (var file in Directory.GetFiles(source)) archive.CreateEntryFromFile(file, "lib/net10.0/" + Path.GetFileName(file));
            archive.CreateEntryFromFile(Path.Combine(source, "NeedsLate.dll"), "lib/netstandard2.0/NeedsLate.dll");
            using var text = new StreamWriter(archive.CreateEntry("NeedsLate.nuspec").Open());
            text.Write("<package xmlns='http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd'><metadata><id>NeedsLate</id>"
                + "<version>1.2.0</version></metadata></package>");
        }
        foreach (var (from, version) in ((string, string)[])[(source, "2.0.0"), (home.Pack(source), "1.2.0"), (package, "1.2.0")])
        {
            var done = Install(from);
            Assert.Equal(("NeedsLate", version, true), (done.Manifest.Id, done.Manifest.Version, done.Changed));
            Assert.Equal(sum, PluginContent.Read(done.Folder).Sha256);
            var plugin = Assert.Single(Load().Plugins);
            Assert.Equal((null, sum), (plugin.Failure, plugin.FolderSha256));
            Assert.Equal(from, InstallRecord.Of(done.Folder)!.From);
            Assert.Equal("NeedsLate", home.Store.Remove("needslate", default));
            Assert.Empty(home.Installed());
        }
    }

    [Fact]
    public void The_same_files_give_the_same_package_bit_for_bit()
    {
        var source = home.Fixture("NeedsLate");
        var first = File.ReadAllBytes(home.Pack(source, name: "a.zip"));
        foreach (var file in Directory.GetFiles(source))
            File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(first, File.ReadAllBytes(home.Pack(source, name: "b.zip")));
    }

    [Fact]
    public void Another_version_takes_the_place_of_the_one_that_is_there()
    {
        var source = home.Fixture("NeedsLate");
        Install(home.Pack(source));
        Assert.False(Install(home.Pack(source)).Changed);
        File.WriteAllText(Path.Combine(source, "more.txt"), "more");
        var done = Install(home.Pack(source, version: "1.3.0"));
        Assert.Equal(("1.3.0", "1.2.0", true), (done.Manifest.Version, done.Before, done.Changed));
        Assert.True(File.Exists(Path.Combine(done.Folder, "more.txt")));
        Assert.Equal(["NeedsLate"], home.Installed());
    }

    [Fact]
    public void One_that_does_not_load_is_not_installed_and_the_old_one_stays()
    {
        var source = home.Fixture("NeedsLate");
        Install(source);
        File.WriteAllText(Path.Combine(source, "more.txt"), "more");
        var refusal = Assert.Throws<PluginException>(() => Install(source, (folder, _) =>
        {
            Assert.True(File.Exists(Path.Combine(folder, "NeedsLate.dll")));
            Assert.Equal(home.At("data", "pluginhost", "plugins"), Path.GetDirectoryName(Path.GetDirectoryName(folder)));
            return Task.FromResult<string?>("it ended the process");
        }));
        Assert.Contains("is refused: it ended the process. Nothing was installed.", refusal.Message);
        Assert.Equal(["NeedsLate"], home.Installed());
        Assert.False(File.Exists(Path.Combine(UserFolders.Plugins!, "NeedsLate", "more.txt")));
    }

    [Fact]
    public void A_plugin_that_is_not_what_its_manifest_says_or_not_for_this_host_is_refused()
    {
        var source = home.Fixture("NeedsLate");
        var zip = home.Pack(source);
        Replace(zip, "NeedsLate/LateLibrary.dll", "something else");
        Assert.Contains("LateLibrary.dll is not the file that its plugin.json lists", Refused(zip));
        Replace(zip, "NeedsLate/LateLibrary.dll", null);
        Assert.Contains("LateLibrary.dll, which its plugin.json lists, is missing", Refused(zip));
        zip = home.Pack(source);
        Replace(zip, "NeedsLate/Evil.dll", "one more");
        Assert.Contains("Evil.dll is not among the files", Refused(zip));

        Describe(source, """{ "id": "NeedsLate", "version": "9.0.0", "contract": ">=3.0 <4.0" }""");
        Assert.Contains("NeedsLate 9.0.0 is made for PluginHost.Abstractions >=3.0 <4.0, but this is 2.0.0; get a build of the plugin for "
            + "this host. Nothing was installed.", Refused(source));
        Describe(source, """{ "id": "NeedsLate", "version": "9.0.0", "host": ">=99" }""");
        Assert.Contains("made for the host >=99", Refused(source));
        Describe(source, """{ "id": "Another", "version": "9.0.0" }""");
        Assert.Contains("holds no Another.dll", Refused(source));
        Describe(source, "{ not json");
        Assert.Contains("has a plugin.json that cannot be read", Refused(source));
        Assert.Empty(home.Installed());
    }

    [Fact]
    public void A_folder_that_was_changed_since_it_was_installed_is_not_loaded()
    {
        var place = Install(home.Pack(home.Fixture("NeedsLate"))).Folder;
        File.AppendAllText(Path.Combine(place, "LateLibrary.dll"), "x");
        Assert.Contains("plugin NeedsLate was refused: LateLibrary.dll is not the file that its plugin.json lists (SHA-256).",
            Assert.Single(Load().Plugins).Failure);
    }

    [Theory]
    [InlineData("holds no plugin: there is no assembly at its top", "a/readme.txt", "b/readme.txt")]
    [InlineData("does not tell which of one.dll, two.dll is the plugin", "one.dll", "two.dll")]
    [InlineData("holds no plugin", "one/one.dll", "two/two.dll")]
    public void What_holds_no_plugin_or_several_is_refused(string why, params string[] names) =>
        Assert.Contains(why, Refused(home.Zip("some.zip", [.. names.Select(n => (n, "x"))])));

    [Fact]
    public void What_is_no_assembly_is_refused_before_it_is_tried() =>
        Assert.Contains("it is not a .NET assembly", Refused(home.Zip("Mine-1.0.zip", ("Mine.dll", "x"), ("Other.dll", "x"))));

    [Fact]
    public void Leftovers_of_one_that_was_killed_are_not_loaded_and_the_next_removes_them()
    {
        var source = home.Fixture("NeedsLate");
        Install(source);
        var store = UserFolders.Plugins!;
        foreach (var left in (string[])[".incoming-1-SpeechOne/SpeechOne", ".removed-7-SpeechOne"])
            foreach (var file in Directory.CreateDirectory(Path.Combine(store, left)) is { } at
                ? Directory.GetFiles(home.Fixture("SpeechOne")) : []) File.Copy(file, Path.Combine(store, left, Path.GetFileName(file)));
        // Killed between the two renames of a file system that cannot exchange.
        Directory.Move(Path.Combine(store, "NeedsLate"), Path.Combine(store, ".replaced-NeedsLate"));
        Assert.Empty(Load().Plugins);
        Assert.False(Install(source).Changed);
        Assert.Equal(["NeedsLate"], home.Installed());
    }

    [Fact]
    public async Task Who_comes_second_waits()
    {
        var source = home.Fixture("NeedsLate");
        var (inside, go) = (new TaskCompletionSource(), new TaskCompletionSource<string?>());
        var first = Task.Run(() => home.Store.InstallAsync(source, new(false, (_, _) => { inside.SetResult(); return go.Task; }), default));
        await inside.Task;
        var second = Task.Run(() => home.Store.InstallAsync(source, new(false, null), default));
        while (home.Said.Count == 0) await Task.Delay(5);
        Assert.Contains("Waiting for another command", home.Said[0]);
        Assert.False(second.IsCompleted);
        go.SetResult(null);
        Assert.Equal((true, false), ((await first).Changed, (await second).Changed));
        Assert.Equal(["NeedsLate"], home.Installed());
    }

    [Fact]
    public void A_disabled_plugin_is_not_loaded_and_says_how_to_enable_it()
    {
        Install(home.Pack(home.Fixture("NeedsLate")));
        home.Store.Change(d => d.With("NeedsLate", [new("metric", "late")]), default);
        var catalog = Load();
        Assert.Equal(PluginState.Disabled, Assert.Single(catalog.Plugins).State);
        var failure = Assert.Throws<PluginException>(() => OfferSearch.Find(catalog, typeof(IMetric), "late", "p.yaml:3"));
        Assert.StartsWith("p.yaml:3: 'late' is not available because plugin NeedsLate is disabled; 'host plugins enable NeedsLate' "
            + "switches it on again.", failure.Message);
        home.Store.Change(d => d.Without("needslate"), default);
        Assert.Equal(PluginState.Loaded, Assert.Single(Load().Plugins).State);
    }

    [Fact]
    public void Removing_a_disabled_one_forgets_that_it_was()
    {
        Install(home.Fixture("NeedsLate"));
        home.Store.Change(d => d.With("NeedsLate", []), default);
        home.Store.Remove("NeedsLate", default);
        Assert.False(DisabledPlugins.Read().Has("NeedsLate"));
        Assert.Null(home.Store.Remove("NeedsLate", default));
    }

    private static Catalog Load()
    {
        var catalog = new Catalog();
        PluginLoader.Load(DisabledPlugins.Read().Mark(PluginFolders.Find([UserFolders.Plugins!])), catalog);
        return catalog;
    }

    private Installation Install(string source, Func<string, CancellationToken, Task<string?>>? load = null) =>
        home.Install(source, load: load);

    private string Refused(string source) => Assert.Throws<PluginException>(() => Install(source)).Message;

    private static void Describe(string folder, string manifest) => File.WriteAllText(Path.Combine(folder, "plugin.json"), manifest);

    private static void Replace(string zip, string path, string? text)
    {
        using var archive = ZipFile.Open(zip, ZipArchiveMode.Update);
        archive.GetEntry(path)?.Delete();
        if (text is null) return;
        using var stream = archive.CreateEntry(path).Open();
        stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
    }
}
