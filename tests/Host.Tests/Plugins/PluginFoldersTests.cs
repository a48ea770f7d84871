using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Tests.Plugins.Store;

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
    public void The_users_own_folder_goes_before_them_and_those_of_the_environment_before_that()
    {
        using var home = new UserHome();
        var host = Directory.CreateDirectory(Path.Combine(root, "host")).FullName;
        var beside = Directory.CreateDirectory(Path.Combine(host, "plugins")).FullName;
        var own = Directory.CreateDirectory(home.At("data", "pluginhost", "plugins")).FullName;
        var (one, two) = (Directory.CreateDirectory(home.At("one")).FullName, Directory.CreateDirectory(home.At("two")).FullName);
        Environment.SetEnvironmentVariable("PLUGINHOST_PLUGINS", $"{one}:{two}");
        Assert.Equal([one, two, own, beside], PluginFolders.Default(host));
        Environment.SetEnvironmentVariable("PLUGINHOST_PLUGINS", home.At("nowhere"));
        Assert.Contains("does not exist; PLUGINHOST_PLUGINS lists it",
            Assert.Throws<UsageException>(() => PluginFolders.Default(host)).Message);
    }

    [Fact]
    public void Of_two_plugins_of_a_name_the_one_in_the_folder_that_goes_before_is_used()
    {
        var (first, second) = (Make("one", "Mine"), Make("two", "mine"));
        var found = PluginFolders.Find([Path.Combine(root, "one"), Path.Combine(root, "two")]);
        Assert.Equal([PluginState.Refused, PluginState.Hidden], found.Select(f => f.State));
        Assert.Equal([null, $"is not in use: {first} has the same name and lies in a folder that goes before"],
            found.Select(f => f.Problem));
        File.Delete(first);
        found = PluginFolders.Find([Path.Combine(root, "one"), Path.Combine(root, "two")]);
        Assert.Equal(second, Assert.Single(found, f => f.Problem is null).File);
    }

    private string Make(string folder, string name)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(root, folder, name)).FullName, name + ".dll");
        File.WriteAllText(file, "");
        File.WriteAllText(Path.Combine(root, folder, name, "other.txt"), "");
        return file;
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
