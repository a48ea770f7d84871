using System.Text.Json.Nodes;

namespace PluginHost.EndToEnd.Tests;

/// <summary>A plugin from its folder to other people's machines, as commands: each a process of its own.</summary>
public sealed class PluginLifecycleTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-e2e-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Store => Path.Combine(folder, "data", "pluginhost", "plugins");

    [Fact]
    public void It_is_packed_signed_installed_used_switched_off_and_removed()
    {
        Fixture("NeedsLate");
        Shell.Run(folder, "openssl ecparam -name prime256v1 -genkey -noout -out key.pem 2>/dev/null; openssl ec -in key.pem -pubout "
            + "-out pub.pem 2>/dev/null");
        Host("plugins", "pack", "NeedsLate", "--sign", "key.pem")
            .Expect(0, "NeedsLate-2.0.0.zip: NeedsLate 2.0.0, ", "signed with the key ");
        Host("plugins", "install", "NeedsLate-2.0.0.zip", "--require-signed")
            .Expect(4, "which is not trusted here", "Nothing was installed.");
        Assert.Empty(Installed());
        Host("plugins", "trust", "pub.pem", "--name", "the lab").Expect(0, "the lab");
        Host("plugins", "install", "NeedsLate-2.0.0.zip", "--require-signed")
            .Expect(0, "NeedsLate 2.0.0 is installed in ", "signed by the lab");
        Host("plugins", "show", "NeedsLate").Expect(0, "metric late", "signed   by the lab", "for      PluginHost.Abstractions >=2.0 <3.0");

        Host("plugins", "disable", "needslate").Expect(0, "'host plugins enable NeedsLate' switches it on again");
        Assert.Equal("disabled", State());
        Host("plugins", "disable", "KMer").Expect(0);
        var pipeline = Path.Combine(folder, "p.yaml");
        File.WriteAllText(pipeline, "tokenizer: kmer\narchitecture: bert-encoder\nstages: [ evaluate ]");
        var refused = Host("check", "--pipeline", "p.yaml").Expect(4,
            "'kmer' is not available because plugin KMer is disabled; 'host plugins enable KMer' switches it on again.");
        Assert.DoesNotContain("warning", refused.Error, StringComparison.OrdinalIgnoreCase);
        Host("plugins", "enable", "KMer").Expect(0);
        Host("plugins", "enable", "NeedsLate").Expect(0, "NeedsLate is enabled");

        File.WriteAllText(pipeline,
            "plugins: { name: NeedsLate, version: '>=3' }\ntokenizer: kmer\narchitecture: bert-encoder\nstages: []");
        Host("check", "--pipeline", "p.yaml").Expect(4, "is wanted, but 2.0.0 is here", "host plugins install");
        Host("plugins", "remove", "KMer").Expect(2, "was not installed by 'host plugins install'", "host plugins disable KMer");
        Host("plugins", "remove", "NeedsLate").Expect(0, "NeedsLate is removed");
        Assert.Empty(Installed());
    }

    [Fact]
    public void Two_installations_at_once_leave_one_whole_plugin()
    {
        Fixture("NeedsLate");
        using var one = Start("plugins", "install", "NeedsLate");
        using var two = Start("plugins", "install", "NeedsLate");
        Assert.Equal((0, 0), (one.Wait().Code, two.Wait().Code));
        Assert.Equal(["NeedsLate"], Installed());
        Assert.True(File.Exists(Path.Combine(Store, "NeedsLate", "LateLibrary.dll")));
    }

    [Fact]
    public void Killed_in_the_middle_it_leaves_the_old_plugin_and_nothing_else_that_is_loaded()
    {
        Fixture("NeedsLate");
        Host("plugins", "install", "NeedsLate", "--trust").Expect(0);
        File.WriteAllText(Path.Combine(folder, "NeedsLate", "new.txt"), "of the next version");
        using (var host = Start("plugins", "install", "NeedsLate"))
        {
            // From then on until it is put in its place it is tried in a process of its own, which takes a moment.
            host.Until(() => Directory.GetDirectories(Store, ".incoming-*")
                .Any(d => File.Exists(Path.Combine(d, "NeedsLate", "plugin.json"))));
            host.Kill();
        }
        Assert.Contains(Installed(), name => name.StartsWith(".incoming-", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(Store, "NeedsLate", "new.txt")));
        Assert.Equal("loaded", State());
        Host("plugins", "install", "NeedsLate").Expect(0, "NeedsLate 2.0.0 is installed in ");
        Assert.Equal(["NeedsLate"], Installed());
        Assert.True(File.Exists(Path.Combine(Store, "NeedsLate", "new.txt")));
    }

    [Fact]
    public void One_that_ends_the_process_is_refused_and_not_installed()
    {
        Fixture("EndsProcess");
        Host("plugins", "install", "EndsProcess").Expect(4, "is refused: ", "ended the process", "Nothing was installed.");
        Assert.Empty(Installed());
    }

    /// <summary>The state of the plugin as programs read it.</summary>
    private string? State()
    {
        var list = JsonNode.Parse(Host("plugins", "list", "--json").Expect(0).Output)!;
        var plugins = list["plugins"]!.AsArray().Where(p => (string?)p!["name"] == "NeedsLate").ToList();
        return (string?)Assert.Single(plugins)!["state"];
    }

    private string[] Installed() => !Directory.Exists(Store) ? [] :
    [
        .. new DirectoryInfo(Store).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 })
            .Select(e => e.Name).Where(n => n != ".lock").Order(StringComparer.Ordinal),
    ];

    private void Fixture(string name)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "artifacts", "fixtures", name)))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
    }

    private HostProcess.Result Host(params string[] arguments)
    {
        using var host = Start(arguments);
        return host.Wait();
    }

    private HostProcess Start(params string[] arguments) => HostProcess.Start(folder, new Dictionary<string, string>
    {
        ["XDG_DATA_HOME"] = Path.Combine(folder, "data"), ["XDG_CONFIG_HOME"] = Path.Combine(folder, "config"),
    }, arguments);
}
