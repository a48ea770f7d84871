using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Store;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>Options of <c>host plugins remove</c>.</summary>
[Example("host plugins remove MyTokenizer")]
public sealed class RemoveOptions
{
    /// <summary>Which.</summary>
    [Required, Positional("NAME"), Description("A plugin that was installed.")]
    public string Name { get; set; } = "";
}

/// <summary><c>host plugins remove</c></summary>
internal sealed class RemovePlugin(HostSettings settings, IRunView view, TimeProvider clock) : HostCommand<RemoveOptions>(
    "plugins remove", "Removes a plugin from your own folder of plugins.", order: 54)
{
    protected override Task<int> RunAsync(RemoveOptions options, CancellationToken cancellation)
    {
        var store = new PluginStore(UserFolders.Required(UserFolders.Plugins), view.Say, clock);
        if (store.Remove(options.Name, cancellation) is { } removed)
        {
            view.Result($"{removed} is removed from {store.Folder}");
            return Task.FromResult(ExitCodes.Done);
        }
        var elsewhere = PluginSearch.All(settings).FirstOrDefault(
            f => string.Equals(f.Name, options.Name, StringComparison.OrdinalIgnoreCase));
        throw new UsageException(elsewhere is not null
            ? $"{elsewhere.Name} was not installed by 'host plugins install': it lies in {elsewhere.Root}. Delete it there, or switch it "
                + $"off: host plugins disable {elsewhere.Name}"
            : $"No plugin {options.Name} is installed{Nearest.Hint(options.Name, store.Names())}; 'host plugins list' shows what there "
                + "is.");
    }
}
