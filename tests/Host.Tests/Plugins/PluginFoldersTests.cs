using PluginHost.Host.Plugins.Loading;

namespace PluginHost.Host.Tests.Plugins;

public sealed class PluginFoldersTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("pluginhost-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void By_default_plugins_beside_the_host_and_those_of_its_checkout_are_taken()
    {
        var host = Directory.CreateDirectory(Path.Combine(root, "artifacts", "bin", "Host", "release")).FullName;
        Assert.Empty(PluginFolders.Default(host));
        var beside = Directory.CreateDirectory(Path.Combine(host, "plugins")).FullName;
        var built = Directory.CreateDirectory(Path.Combine(root, "artifacts", "plugins")).FullName;
        Assert.Equal([beside, built], PluginFolders.Default(host));
    }

    [Fact]
    public void A_plugin_folder_itself_may_be_named_and_counts_once()
    {
        var plugin = Directory.CreateDirectory(Path.Combine(root, "Mine")).FullName;
        File.WriteAllText(Path.Combine(plugin, "Mine.dll"), "");
        Assert.Equal(["Mine"], PluginFolders.Find([plugin, root, root + "/."]).Select(f => f.Name));
    }

    [Fact]
    public void Empty_and_hidden_folders_are_passed_over()
    {
        Directory.CreateDirectory(Path.Combine(root, "Empty"));
        Directory.CreateDirectory(Path.Combine(root, ".git", "x"));
        Assert.Empty(PluginFolders.Find([root]));
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_a_usage_error() =>
        Assert.Contains("does not exist", Assert.Throws<UsageException>(() => PluginFolders.Find([Path.Combine(root, "nowhere")])).Message);
}
