using System.CommandLine;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Documents;
using PluginHost.Host.Plugins;
using PluginHost.Host.Terminal;

namespace PluginHost.Host.Commands;

/// <summary>Makes a command of every tool that plugins offer: its options are the command's options.</summary>
/// <param name="components">Where tools come from.</param>
/// <param name="view">Where tools speak.</param>
public sealed class ToolCommands(ComponentFactory components, IRunView view)
{
    /// <summary>Adds "noun verb" for each tool.</summary>
    public void AddTo(Command root)
    {
        foreach (var group in components.Catalog.Offers.Where(o => o.Info.Kind == typeof(ITool)).GroupBy(o => o.Info.Name))
        {
            var (noun, verb) = (group.Key.Split(' ')[0], group.Key.Split(' ')[1]);
            // The host's own commands come first: a plugin cannot replace one.
            var parent = root.Subcommands.FirstOrDefault(c => c.Name == noun);
            if (parent is null) root.Subcommands.Add(parent = new HostCommand(noun, $"Commands for {noun}, from plugins."));
            if (parent.Subcommands.All(c => c.Name != verb)) parent.Subcommands.Add(Create(group.First().Info, verb));
        }
    }

    private HostCommand Create(ComponentInfo tool, string verb)
    {
        var command = new HostCommand(verb, tool.Summary);
        var arguments = new OptionArguments(command, tool.Options);
        command.SetAction((parsed, cancellation) =>
        {
            var with = arguments.Read(parsed, $"host {tool.Name}");
            var context = new PipelineBuildContext(components, null, null, PathSearch.WorkingDirectory);
            var built = components.Build<ITool>(new ComponentSpec(tool.Name, new NodeMap(with)) { Origin = $"host {tool.Name}" }, context);
            return built.RunAsync(new ViewToolContext(view), cancellation);
        });
        return command;
    }
}
