using System.CommandLine;
using System.Reflection;
using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Cli.Commands.Options;

/// <summary>Makes the arguments and options of a command out of an options class, and reads back what was given.</summary>
internal sealed class OptionArguments
{
    private readonly Type type;
    private readonly List<(OptionProperty Property, Argument Argument)> arguments = [];
    private readonly List<(OptionProperty Property, Option Option)> options = [];

    /// <summary>Adds the options to a command; properties marked <see cref="PositionalAttribute"/> become its arguments.</summary>
    /// <param name="command">The command.</param>
    /// <param name="type">The options class.</param>
    /// <param name="alsoCamelCase">Whether options may also be spelt as pipelines spell them: a tool's are both.</param>
    public OptionArguments(Command command, Type type, bool alsoCamelCase = false)
    {
        this.type = type;
        var usual = OptionsBinder.Create(type);
        foreach (var property in OptionProperty.Of(type))
        {
            if (property.Property.GetCustomAttribute<PositionalAttribute>() is { } named)
            {
                var argument = OptionSymbols.Argument(property, named, usual);
                arguments.Add((property, argument));
                command.Arguments.Add(argument);
                continue;
            }
            var option = OptionSymbols.Option(property, usual, alsoCamelCase);
            options.Add((property, option));
            command.Options.Add(option);
        }
    }

    /// <summary>The options object with what was given, validated.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="command">The command, for messages: <c>host plugins show</c>.</param>
    /// <exception cref="UsageException">Everything that is wrong, and where help is.</exception>
    public object Bind(ParseResult parsed, string command) =>
        WithHint(command, () => OptionsBinder.Bind(type, Written(parsed, command), NameOf));

    /// <summary>What was given, as if it stood in a pipeline, and found to be right.</summary>
    /// <inheritdoc cref="Bind"/>
    public MapNode Read(ParseResult parsed, string command) => WithHint(command, () =>
    {
        var written = Written(parsed, command);
        OptionsBinder.Bind(type, written, NameOf);
        return written;
    });

    private static T WithHint<T>(string command, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UsageException wrong)
        {
            throw new UsageException($"{wrong.Message}\n{ParseFailure.Hint(command)}", wrong);
        }
    }

    private string NameOf(OptionProperty property) => arguments.FirstOrDefault(a => a.Property.Name == property.Name).Argument?.Name
        ?? options.First(o => o.Property.Name == property.Name).Option.Name;

    private MapNode Written(ParseResult parsed, string command)
    {
        var with = new MapNode(new Place(command, 0, ""), []);
        foreach (var (property, argument) in arguments)
            if (parsed.GetResult(argument) is { Tokens.Count: > 0 } given)
                with.Set(property.Name, Read(property, argument.Name, [.. given.Tokens.Select(t => t.Value)]));
        foreach (var (property, option) in options)
            if (parsed.GetResult(option) is { Implicit: false } given)
                with.Set(property.Name, Read(property, option.Name, [.. given.Tokens.Select(t => t.Value)]));
        return with;
    }

    /// <summary>A value as if it stood in a pipeline: text stays text, anything else is read as YAML.</summary>
    private static Node Read(OptionProperty property, string name, IReadOnlyList<string> tokens)
    {
        var place = new Place("", 0, name);
        if (tokens.Count == 0) return new ScalarNode(place, "true", Quoted: false);
        var element = TypeNames.ListElement(property.Type);
        if (element is null && tokens.Count > 1) throw new UsageException($"{name} is given {tokens.Count} times; it takes one value.");
        if (property.Property.GetCustomAttribute<SeveralAttribute>() is { Commas: true })
            tokens = [.. tokens.SelectMany(t => t.Split(',', StringSplitOptions.RemoveEmptyEntries))];
        Node One(string token) => (element ?? property.Type) == typeof(string)
            ? new ScalarNode(place, token, Quoted: true)
            : YamlDocument.ParseArgument("", token, place.Path);
        return element is null ? One(tokens[0]) : new ListNode(place, tokens.Select(One));
    }
}
