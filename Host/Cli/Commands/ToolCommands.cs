using System.CommandLine;
using System.Reflection;
using PluginHost.Host.Cli.Commands.Options;
using PluginHost.Host.Foundation;
using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Cli.Commands;

/// <summary>Makes a command of every tool that plugins offer: its options are the command's options.</summary>
/// <param name="components">Where tools come from.</param>
/// <param name="view">Where tools speak.</param>
public sealed class ToolCommands(ComponentFactory components, IRunView view)
{
    /// <summary>Adds each tool, under its noun if its name has two words.</summary>
    public void AddTo(Command root)
    {
        foreach (var tool in components.Catalog.Offers.Where(o => o.Info.Kind == typeof(ITool))
            .GroupBy(o => o.Info.Name, (_, offers) => offers.First().Info))
        {
            var words = tool.Name.Split(' ');
            var parent = words.Length == 1 ? root : Noun(root, words[0]);
            // The host's own commands come first: a plugin cannot replace one.
            if (parent.Subcommands.All(c => c.Name != words[^1])) Add(Create(tool, words[^1]), parent, root);
        }
    }

    private static Command Noun(Command root, string noun)
    {
        if (root.Subcommands.FirstOrDefault(c => c.Name == noun) is { } known) return known;
        var command = new CommandWithExamples(noun, "") { OfPlugins = true };
        root.Subcommands.Add(command);
        return command;
    }

    /// <summary>Adds a command; a noun's help names its verbs, and begins with an example of each.</summary>
    private static void Add(CommandWithExamples command, Command parent, Command root)
    {
        parent.Subcommands.Add(command);
        if (parent == root || parent is not CommandWithExamples { OfPlugins: true } noun) return;
        noun.Description = $"Commands for {noun.Name}, from plugins: {string.Join(", ", noun.Subcommands.Select(c => c.Name))}.";
        noun.Examples = [.. noun.Examples, .. command.Examples.Take(1)];
    }

    private CommandWithExamples Create(ComponentInfo tool, string name)
    {
        var command = new CommandWithExamples(name,
            tool.Summary)
        { Examples = [.. tool.Options.GetCustomAttributes<ExampleAttribute>().Select(e => e.CommandLine)] };
        var arguments = new OptionArguments(command, tool.Options, alsoCamelCase: true);
        command.SetAction((parsed, cancellation) =>
        {
            var with = arguments.Read(parsed, $"host {tool.Name}");
            var context = new PipelineBuildContext(components, null, null, PathSearch.WorkingDirectory)
                .Writing(OptionWriting.Command);
            var built = components.Build<ITool>(new ComponentSpec(tool.Name, new NodeMap(with)) { Origin = $"host {tool.Name}" }, context);
            var tools = new HostToolContext(components, context, view);
            return CommandThread.RunTool(components, () =>
            {
                try { return built.RunAsync(tools, cancellation).GetAwaiter().GetResult(); }
                finally { tools.Output.Flush(); }
            }, cancellation);
        });
        return command;
    }
}
