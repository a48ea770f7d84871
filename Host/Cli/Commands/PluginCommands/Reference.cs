using System.CommandLine;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary><c>host reference</c>: writes docs/reference.md.</summary>
internal sealed class Reference(Lazy<ComponentFactory> components) : ICommandModule
{
    public int Order => 55;

    public Command Create()
    {
        var command = new HostCommand("reference", "Prints every key of pipelines and option of components as a page of Markdown.")
        {
            Examples = ["host reference > docs/reference.md", "host reference --plugins my-plugins > my-reference.md"],
        };
        command.SetAction(_ =>
        {
            Console.Out.Write(ReferencePage.Of(components.Value.Components));
            return 0;
        });
        return command;
    }
}
