using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Options;
using PluginHost.Host.Plugins.Store;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>Components and plugins as tables.</summary>
internal static class ComponentTables
{
    /// <summary>Everything on offer.</summary>
    public static void List(ComponentFactory components, IRunView view)
    {
        var table = new ResultTable("Components", ["kind", "name", "from", "what it is"]) { Alignment = ColumnAlignment.Words };
        foreach (var c in components.Components)
            table.Add(ComponentKinds.Name(c.Kind), c.Name, From(c), c.IsDefault ? $"{c.Summary} The default." : c.Summary);
        view.Table(table);
    }

    /// <summary>What a plugin that is in use offers.</summary>
    public static IReadOnlyList<ProvidedComponent> Provides(ComponentFactory components, string plugin) =>
    [
        .. components.Components.Where(c => c.Plugin.Name == plugin)
            .Select(c => new ProvidedComponent(ComponentKinds.Name(c.Kind), c.Name, c.Summary)),
    ];

    /// <summary>One component, of whatever kinds have one of that name, or one plugin.</summary>
    /// <exception cref="UsageException">Nothing has that name.</exception>
    public static void Show(string name, ComponentFactory components, IRunView view)
    {
        var slash = name.IndexOf('/');
        var found = components.Components.Where(c => c.Name == name[(slash + 1)..] && (slash < 0 || c.Plugin.Name == name[..slash]))
            .ToList();
        var plugins = components.Plugins.Where(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count == 0 && plugins.Count == 0)
        {
            var known = components.Components.Select(c => c.Name).Concat(components.Plugins.Select(p => p.Name));
            throw new UsageException(
                $"There is no component or plugin '{name}'{Nearest.Hint(name, known)}; 'host plugins list' shows what there is.");
        }
        foreach (var component in found) Show(component, view);
        if (found.Count > 0) return;
        var uses = PluginUses.Here();
        foreach (var plugin in plugins)
        {
            Describe(plugin, view);
            PluginDescription.Show(plugin, view);
            var offers = plugin.Failure is null ? Provides(components, plugin.Name) : plugin.Provides;
            foreach (var c in offers) view.Result($"  {c.Kind} {c.Name}{(c.Summary is { Length: > 0 } summary ? $": {summary}" : "")}");
            foreach (var use in uses.Of(plugin, offers)) view.Result($"used by  {DataFile.Show(use)}");
        }
    }

    private static void Show(ComponentInfo component, IRunView view)
    {
        view.Result($"{component.Name}: {ComponentKinds.WithArticle(component.Kind)}");
        view.Result(component.Summary);
        Describe(component.Plugin, view);
        view.Result("");
        var options = OptionProperty.Of(component.Options);
        if (options.Count == 0) view.Result("It has no options.");
        else view.Table(OptionsTable.Of(component.Options));
        view.Result("");
    }

    private static void Describe(PluginInfo plugin, IRunView view)
    {
        view.Result($"plugin   {plugin.Name} {plugin.Version}".TrimEnd());
        view.Result($"file     {plugin.Path}");
        if (plugin.Sha256.Length > 0) view.Result($"sha256   {plugin.Sha256}");
        if (plugin.Failure is { } failure) view.Result(failure);
    }

    private static string From(ComponentInfo component) => $"{component.Plugin.Name} {component.Plugin.Version}";
}
