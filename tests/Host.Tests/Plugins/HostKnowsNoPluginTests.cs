using System.Text.RegularExpressions;
using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Loading;

namespace PluginHost.Host.Tests.Plugins;

/// <summary>The host knows no plugin by name: not one component's name occurs in its sources.</summary>
public sealed class HostKnowsNoPluginTests
{
    private static readonly string[] ordinaryWords = ["byte", "Byte", "linear", "constant"];

    [Fact]
    public void No_name_that_a_plugin_offers_occurs_in_the_hosts_sources()
    {
        var catalog = new Catalog();
        PluginLoader.Load(PluginFolders.Find([Path.Combine(Repository.Root, "artifacts", "plugins")]), catalog);
        Assert.NotEmpty(catalog.Offers);
        Assert.All(catalog.Plugins, p => Assert.Null(p.Failure));

        // A name that is also a word of C# or of English counts where it is written as text.
        string Written(string name) => ordinaryWords.Contains(name) ? $"\"{name}\"" : Regex.Escape(name);
        var names = catalog.Offers.Select(o => Written(o.Info.Name)).Concat(catalog.Plugins.Select(p => Written(p.Name)));
        var pattern = new Regex($@"(?<![\w-])({string.Join('|', names)})(?![\w-])");
        var found =
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "Host"), "*.cs", SearchOption.AllDirectories)
            from match in pattern.Matches(File.ReadAllText(file))
            select $"{Path.GetRelativePath(Repository.Root, file)}: {match.Value}";
        Assert.Empty(found);
    }
}
