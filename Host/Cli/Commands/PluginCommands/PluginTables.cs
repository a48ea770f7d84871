using System.Text.Json;
using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Store;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>The plugins that were found, as a table and as JSON.</summary>
internal static class PluginTables
{
    private const int Digits = 12, MostNames = 4;

    /// <summary>Every plugin, then why some are not in use.</summary>
    public static void List(ComponentFactory components, IRunView view)
    {
        var uses = PluginUses.Here();
        var plugins = InOrder(components);
        var table = new ResultTable("Plugins", ["plugin", "state", "version", "sha256", "where", "what it offers", "used by"])
        {
            Alignment = ColumnAlignment.Words,
        };
        foreach (var plugin in plugins)
        {
            var offers = Offers(components, plugin);
            table.Add(plugin.Name, State(plugin), plugin.Version.Length > 0 ? plugin.Version : ManifestVersion(plugin) ?? "",
                plugin.FolderSha256[..Math.Min(Digits, plugin.FolderSha256.Length)], Where(plugin), Names(offers),
                Uses(uses.Of(plugin, offers)));
        }
        view.Result("");
        view.Table(table);
        foreach (var (title, state) in ((string, PluginState)[])
            [("Refused", PluginState.Refused), ("Disabled", PluginState.Disabled), ("Hidden", PluginState.Hidden)])
        {
            var some = plugins.Where(p => p.State == state).ToList();
            if (some.Count == 0) continue;
            view.Result("");
            var failures = new ResultTable(title, ["plugin", "why", "file"]) { Alignment = ColumnAlignment.Words };
            foreach (var plugin in some) failures.Add(plugin.Name, plugin.Failure!, plugin.Path);
            view.Table(failures);
        }
    }

    /// <summary>Plugins and components for programs.</summary>
    public static string ToJson(ComponentFactory components)
    {
        var uses = PluginUses.Here();
        return JsonSerializer.Serialize(new
        {
            Plugins = InOrder(components).Select(p =>
            {
                var folder = Path.GetDirectoryName(p.Path)!;
                var offers = Offers(components, p);
                return new
                {
                    p.Name, State = State(p),
                    Version = p.Version.Length > 0 ? p.Version : ManifestVersion(p), p.Path, p.Sha256,
                    p.FolderSha256, Reason = p.Failure, Installed = InstallRecord.Of(folder), Provides = offers,
                    UsedBy = uses.Of(p, offers),
                };
            }),
            Components = components.Components.Select(c => new
            {
                Kind = ComponentKinds.Name(c.Kind), c.Name, Plugin = c.Plugin.Name, c.Summary, Default = c.IsDefault ? (bool?)true : null,
            }),
        }, Json.Indented);
    }

    /// <summary>What a state is called.</summary>
    public static string State(PluginInfo plugin) => plugin.State.ToString().ToLowerInvariant();

    private static IEnumerable<PluginInfo> InOrder(ComponentFactory components) =>
        components.Plugins.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.State);

    private static IReadOnlyList<ProvidedComponent> Offers(ComponentFactory components, PluginInfo plugin) =>
        plugin.Failure is null ? ComponentTables.Provides(components, plugin.Name)
            : plugin.Provides.Count > 0 ? plugin.Provides : PluginDescription.Manifest(Path.GetDirectoryName(plugin.Path)!)?.Provides ?? [];

    private static string? ManifestVersion(PluginInfo plugin) =>
        PluginDescription.Manifest(Path.GetDirectoryName(plugin.Path)!)?.Version;

    private static string Where(PluginInfo plugin)
    {
        var root = Path.GetDirectoryName(Path.GetDirectoryName(plugin.Path))!;
        return InstallRecord.Of(Path.GetDirectoryName(plugin.Path)!) is { } record
            ? $"installed from {Path.GetFileName(record.From)}{(record.SignedBy is { } signer ? $", signed by {signer}" : "")}"
            : DataFile.Show(root);
    }

    private static string Names(IReadOnlyList<ProvidedComponent> offers) => offers.Count > MostNames
        ? $"{Wording.Counted(offers.Count, "component")} of {Wording.Counted(offers.Select(o => o.Kind).Distinct().Count(), "kind")}"
        : string.Join(", ", offers.Select(o => $"{o.Kind} {o.Name}"));

    private static string Uses(IReadOnlyList<string> uses)
    {
        var pipelines = uses.Count(File.Exists);
        return string.Join(", ", ((string[])[pipelines > 0 ? Wording.Counted(pipelines, "pipeline") : "",
            uses.Count > pipelines ? Wording.Counted(uses.Count - pipelines, "run or model", "runs and models") : ""])
            .Where(t => t.Length > 0));
    }
}
