using System.Text.Json;
using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Store;
using PluginHost.Host.Records;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>
/// What uses plugins in the working directory: pipelines in it and in its <c>pipelines/</c>, runs and models in it and in its <c>runs/</c>.
/// It is found by names, so a pipeline counts that names a component as another plugin's is called too.
/// </summary>
internal sealed class PluginUses
{
    private const int MostFiles = 500;
    private const long LongestPipeline = 1 << 18;

    private readonly List<(string Path, HashSet<string> Words)> pipelines = [];
    private readonly List<(string Path, HashSet<string> Plugins)> records = [];

    private PluginUses() { }

    /// <summary>Looks around.</summary>
    public static PluginUses Here()
    {
        var uses = new PluginUses();
        var here = Environment.CurrentDirectory;
        foreach (var file in Files(here, "*.yaml").Concat(Files(Path.Combine(here, "pipelines"), "*.yaml")).Take(MostFiles))
            if (Words(file) is { } words) uses.pipelines.Add((file, words));
        foreach (var folder in Folders(here).Concat(Folders(Path.Combine(here, "runs"))).Prepend(here).Take(MostFiles))
            foreach (var record in (string[])[Path.Combine(folder, RunFiles.Run), Path.Combine(folder, ModelCard.FileName)])
                if (Plugins(record) is { } plugins) uses.records.Add((folder, plugins));
        return uses;
    }

    /// <summary>The pipelines and folders that use a plugin.</summary>
    /// <param name="plugin">It.</param>
    /// <param name="offers">What it offers.</param>
    public IReadOnlyList<string> Of(PluginInfo plugin, IReadOnlyList<ProvidedComponent> offers) =>
    [
        .. pipelines.Where(p => offers.Any(o => p.Words.Contains(o.Name) || p.Words.Contains($"{plugin.Name}/{o.Name}")))
            .Select(p => p.Path),
        .. records.Where(r => r.Plugins.Contains(plugin.Name)).Select(r => r.Path),
    ];

    private static IEnumerable<string> Files(string folder, string pattern) => Quietly(() =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal).ToArray() : []) ?? [];

    private static IEnumerable<string> Folders(string folder) => Quietly(() =>
        Directory.Exists(folder) ? Directory.GetDirectories(folder).Order(StringComparer.Ordinal).ToArray() : []) ?? [];

    /// <summary>The names that stand where a component may: behind <c>use</c>, alone, or as the key of a tool.</summary>
    private static HashSet<string>? Words(string file) => Quietly(() =>
    {
        if (new FileInfo(file).Length > LongestPipeline) return null;
        if (YamlDocument.ReadFile(file) is not MapNode root || root["stages"] is null) return null;
        var words = new HashSet<string>(StringComparer.Ordinal);
        Gather(root, words);
        return words;
    });

    private static void Gather(Node node, HashSet<string> words)
    {
        switch (node)
        {
            case ScalarNode { IsNull: false } scalar: words.Add(scalar.Text); break;
            case ListNode list: list.Items.ForEach(item => Gather(item, words)); break;
            case MapNode { Entries: [{ Key: var key, Value: MapNode }] } only:
                words.Add(key);
                Gather(only.Entries[0].Value, words);
                break;
            // Beside a 'use' stand options, whose values are no names unless they have a 'use' of their own.
            case MapNode map when map[SpecNodes.Use] is { } use:
                Gather(use, words);
                foreach (var entry in map.Entries.Where(e => e.Value is MapNode or ListNode)) Gather(entry.Value, words);
                break;
            case MapNode map: map.Entries.ForEach(entry => Gather(entry.Value, words)); break;
        }
    }

    private static HashSet<string>? Plugins(string record) => Quietly(() =>
    {
        if (!File.Exists(record)) return null;
        using var document = JsonDocument.Parse(File.ReadAllBytes(record));
        return document.RootElement.TryGetProperty("plugins", out var plugins)
            ? plugins.EnumerateArray().Select(p => p.GetProperty("name").GetString()!).ToHashSet(StringComparer.Ordinal) : null;
    });

    /// <summary>What cannot be read uses nothing as far as this goes: others complain of it.</summary>
    private static T? Quietly<T>(Func<T?> look) where T : class
    {
        try { return look(); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HostException or JsonException or KeyNotFoundException
            or InvalidOperationException)
        {
            return null;
        }
    }
}
