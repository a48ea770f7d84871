using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>Options of <c>host plugins show</c>.</summary>
[Example("host plugins show fasta")]
public sealed class ShowOptions
{
    /// <summary>What is shown.</summary>
    [Required, Positional("NAME"), Description("A component, or a plugin.")]
    public string Name { get; set; } = "";
}

/// <summary><c>host plugins show</c></summary>
internal sealed class ShowPlugin(Lazy<ComponentFactory> components, IRunView view) : HostCommand<ShowOptions>(
    "plugins show", "Shows a component's options with types, defaults and limits, and where it comes from.", order: 51)
{
    protected override Task<int> RunAsync(ShowOptions options, CancellationToken cancellation)
    {
        ComponentTables.Show(options.Name, components.Value, view);
        return Task.FromResult(ExitCodes.Done);
    }
}
