using System.CommandLine;
using PluginHost.Host.Cli.Commands.Options;

namespace PluginHost.Host.Cli.Commands;

/// <summary>Makes commands of the host's own: the properties of their options classes are the arguments and options.</summary>
/// <param name="commands">The commands.</param>
/// <param name="nouns">Summaries of their nouns.</param>
public sealed class HostCommands(IEnumerable<IHostCommand> commands, IEnumerable<CommandNoun> nouns)
{
    /// <summary>Adds each, under its noun if its name has two words.</summary>
    public void AddTo(Command root)
    {
        foreach (var command in commands.OrderBy(c => c.Order))
        {
            var words = command.Name.Split(' ');
            var parent = words.Length == 1 ? root : Noun(root, words[0], command);
            parent.Subcommands.Add(Create(command, words[^1]));
        }
    }

    /// <summary>The command that stands for a noun; its help begins with the first example of each verb.</summary>
    private CommandWithExamples Noun(Command root, string name, IHostCommand verb)
    {
        var noun = root.Subcommands.OfType<CommandWithExamples>().FirstOrDefault(c => c.Name == name);
        if (noun is null)
        {
            noun = new CommandWithExamples(name, nouns.First(n => n.Name == name).Summary);
            root.Subcommands.Add(noun);
        }
        if (!verb.Hidden) noun.Examples = [.. noun.Examples, .. verb.Examples.Take(1)];
        return noun;
    }

    private static CommandWithExamples Create(IHostCommand command, string word)
    {
        var made = new CommandWithExamples(word, command.Summary) { Examples = command.Examples, Hidden = command.Hidden };
        var arguments = new OptionArguments(made, command.Options);
        made.SetAction((parsed, cancellation) => command.RunAsync(arguments.Bind(parsed, $"host {command.Name}"), cancellation));
        return made;
    }
}
