using System.ComponentModel;
using PluginHost.Host.Cli.Terminal;
using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>Options of <c>host plugins list</c>.</summary>
[Example("host plugins list")]
[Example("host plugins list --plugins ~/my-plugins")]
[Example("host plugins list --json")]
public sealed class ListOptions
{
    /// <summary>Whether it is for programs.</summary>
    [Description("Print plugins and components as JSON.")]
    public bool Json { get; set; }
}

/// <summary><c>host plugins list</c></summary>
internal sealed class ListPlugins(Lazy<ComponentFactory> components, IRunView view, StandardStreams streams) : HostCommand<ListOptions>(
    "plugins list", "Lists every component by kind, and every plugin: its state, version, hash, place and what uses it.", order: 50)
{
    protected override Task<int> RunAsync(ListOptions options, CancellationToken cancellation)
    {
        if (options.Json) streams.Output.WriteLine(PluginTables.ToJson(components.Value));
        else
        {
            ComponentTables.List(components.Value, view);
            PluginTables.List(components.Value, view);
        }
        return Task.FromResult(ExitCodes.Done);
    }
}
