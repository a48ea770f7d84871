using PluginHost.Host.Plugins.Loading;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>The plugins that a command line finds, without loading one.</summary>
internal static class PluginSearch
{
    /// <summary>All, those of folders that go before others first.</summary>
    public static IReadOnlyList<PluginFolder> All(HostSettings settings) =>
        PluginFolders.Find([.. settings.PluginFolders, .. PluginFolders.Default(AppContext.BaseDirectory)]);

    /// <summary>One, whatever the case of its name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static PluginFolder One(string name, HostSettings settings)
    {
        var all = All(settings);
        return all.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase)) ?? throw new UsageException(
            $"There is no plugin {name}{Nearest.Hint(name, all.Select(f => f.Name))}; 'host plugins list' shows what there is.");
    }
}
