using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Options;
using PluginHost.Host.Plugins.Store;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Pipelines;

/// <summary>A plugin that a pipeline wants.</summary>
/// <param name="Name">The plugin's name.</param>
/// <param name="Version">The versions that will do, a range; null for all.</param>
/// <param name="Place">Where it is written.</param>
public sealed record WantedPlugin(string Name, string? Version, Place Place);

/// <summary><c>plugins:</c> of a pipeline: folders to look for plugins in, and plugins that have to be there.</summary>
/// <param name="Folders">Full paths.</param>
/// <param name="Plugins">What is wanted.</param>
public sealed record WantedPlugins(IReadOnlyList<string> Folders, IReadOnlyList<WantedPlugin> Plugins)
{
    /// <summary>The key.</summary>
    public const string Key = "plugins";

    private const string Form = "write a folder, or { name: NAME, version: '>=1.2 <2' }";

    /// <summary>Reads the key, looks in the folders, and checks that the plugins are there.</summary>
    /// <param name="root">The pipeline.</param>
    /// <param name="file">Full path of its file: folders are relative to it.</param>
    /// <param name="components">Loads plugins.</param>
    /// <exception cref="UsageException">It is written wrongly, or a folder does not exist.</exception>
    /// <exception cref="PluginException">A plugin is not there, or another version of it.</exception>
    public static WantedPlugins Meet(MapNode root, string file, ComponentFactory components)
    {
        var wanted = Read(root, file);
        components.LookIn(wanted.Folders);
        foreach (var plugin in wanted.Plugins) Require(plugin, components.Plugins);
        return wanted;
    }

    /// <summary>The key as a resolved pipeline has it; null where nothing is wanted.</summary>
    internal ListNode? ToNode() => Folders.Count + Plugins.Count == 0 ? null : new(Place.None,
    [
        .. Folders.Select(f => Text(f)),
        .. Plugins.Select(p => new MapNode(Place.None, p.Version is null ? [new("name", Text(p.Name))]
            : [new("name", Text(p.Name)), new("version", Text(p.Version))])),
    ]);

    private static WantedPlugins Read(MapNode root, string file)
    {
        var problems = new Problems();
        var (folders, plugins) = (new List<string>(), new List<WantedPlugin>());
        foreach (var item in root[Key] switch { null or ScalarNode { IsNull: true } => [], ListNode list => list.Items, var one => [one] })
            switch (item)
            {
                case ScalarNode { IsNull: false } folder:
                    var path = Path.GetFullPath(HomeFolder.Expand(folder.Text), Path.GetDirectoryName(file)!);
                    if (Directory.Exists(path)) folders.Add(path);
                    else problems.Add(item.Place, $"the folder {path} does not exist; folders are relative to the pipeline's own.");
                    break;
                case MapNode map: if (Plugin(map, problems) is { } plugin) plugins.Add(plugin); break;
                default: problems.Add(item.Place, $"must be a folder or a plugin, but is {item.Describe()}; {Form}."); break;
            }
        problems.ThrowIfAny();
        return new(folders, plugins);
    }

    private static WantedPlugin? Plugin(MapNode map, Problems problems)
    {
        foreach (var (key, node) in map.Entries)
            if (key is not ("name" or "version"))
                problems.Add(node.Place, $"unknown key '{key}'; a plugin has: name, version{Nearest.Hint(key, ["name", "version"])}.");
        if (map["name"] is not ScalarNode { IsNull: false } name)
        {
            problems.Add(map.Place, $"has no name; {Form}.");
            return null;
        }
        if (map["version"] is not { } version || version is ScalarNode { IsNull: true }) return new(name.Text, null, map.Place);
        if (version is ScalarNode range && PluginVersions.IsRange(range.Text)) return new(name.Text, range.Text, map.Place);
        problems.Add(version.Place, $"must be {PluginVersions.RangeExample}, in quotes, but is {version.Describe()}.");
        return null;
    }

    private static void Require(WantedPlugin wanted, IReadOnlyList<PluginInfo> plugins)
    {
        var named = plugins.Where(p => string.Equals(p.Name, wanted.Name, StringComparison.OrdinalIgnoreCase)).ToList();
        var what = $"{wanted.Place}: the plugin {wanted.Name}{(wanted.Version is null ? "" : $" {wanted.Version}")} is wanted";
        const string Remedy = "host plugins install PACKAGE";
        if (named.Find(p => p.Failure is null) is { } here)
        {
            if (wanted.Version is { } range && !PluginVersions.Fits(here.Version, range))
                throw new PluginException($"{what}, but {(here.Version.Length == 0 ? "one without a version" : here.Version)} is here "
                    + $"({here.Path}). Install one that will do: {Remedy}");
        }
        else if (named.Count > 0) throw new PluginException($"{what}, but {named[0].Failure} ({named[0].Path})");
        else
            throw new PluginException($"{what}, but it is not here{Nearest.Hint(wanted.Name, plugins.Select(p => p.Name))}. Install it: "
                + $"{Remedy}; or name its folder under '{Key}:' or with --plugins.");
    }

    private static ScalarNode Text(string text) => new(Place.None, text, Quoted: true);
}
