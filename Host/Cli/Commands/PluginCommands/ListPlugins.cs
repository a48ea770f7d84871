using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>Options of <c>host plugins list</c>: none.</summary>
[Example("host plugins list")]
[Example("host plugins list --plugins ~/my-plugins")]
public sealed class ListOptions;

/// <summary><c>host plugins list</c></summary>
internal sealed class ListPlugins(Lazy<ComponentFactory> components, IRunView view) : HostCommand<ListOptions>(
    "plugins list", "Lists every component by kind, and the plugins that were refused.", order: 50)
{
    protected override Task<int> RunAsync(ListOptions options, CancellationToken cancellation)
    {
        ComponentTables.List(components.Value, view);
        return Task.FromResult(ExitCodes.Done);
    }
}
