using System.CommandLine;
using PluginHost.Host.DataTools;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Cli.Commands;

/// <summary><c>host data split | check | windows | ...</c>: one command for each data tool.</summary>
internal sealed class DataCommand(IEnumerable<IDataTool> tools, IRunView view) : ICommandModule
{
    public int Order => 45;

    public Command Create()
    {
        var ordered = tools.OrderBy(t => t.Order).ToList();
        var command = new HostCommand("data", "Makes, divides and examines data sets (docs/data-tools.md).") { Examples = [.. ordered.Select(t => t.Examples[0])] };
        foreach (var tool in ordered) command.Subcommands.Add(Create(tool));
        return command;
    }

    private HostCommand Create(IDataTool tool)
    {
        var command = new HostCommand(tool.Verb, tool.Summary) { Examples = tool.Examples };
        var arguments = new OptionArguments(command, tool.Options);
        command.SetAction((parsed, cancellation) =>
        {
            var options = OptionsBinder.Bind(tool.Options, arguments.Read(parsed, $"host data {tool.Verb}"));
            return Task.FromResult(tool.Run(options, view, cancellation));
        });
        return command;
    }
}
