using System.CommandLine;
using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary><c>host plugins list | show | verify</c></summary>
internal sealed class PluginsCommand(Lazy<ComponentFactory> components, IRunView view) : ICommandModule
{
    public int Order => 50;

    public Command Create()
    {
        var command = new HostCommand("plugins", "Shows and checks plugins.")
        {
            Examples = ["host plugins list", "host plugins show fasta", "host plugins verify my-plugins/"],
        };
        command.Subcommands.Add(List());
        command.Subcommands.Add(Show());
        command.Subcommands.Add(VerifyPlugins.Create(view));
        command.Subcommands.Add(ProbePlugin.Create());
        return command;
    }

    private HostCommand List()
    {
        var command = new HostCommand("list", "Lists every component by kind, and the plugins that were refused.")
        {
            Examples = ["host plugins list", "host plugins list --plugins ~/my-plugins"],
        };
        command.SetAction(_ =>
        {
            ComponentTables.List(components.Value, view);
            return 0;
        });
        return command;
    }

    private HostCommand Show()
    {
        var name = new Argument<string>("NAME") { Description = "A component, or a plugin." };
        var command = new HostCommand("show", "Shows a component's options with types, defaults and limits, and where it comes from.")
        {
            Examples = ["host plugins show fasta"],
        };
        command.Arguments.Add(name);
        command.SetAction(parsed =>
        {
            ComponentTables.Show(parsed.GetRequiredValue(name), components.Value, view);
            return 0;
        });
        return command;
    }
}
