using System.CommandLine;
using System.Reflection;
using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Cli.Commands;

/// <summary>Makes the options of a command out of an options class, and reads back what was given.</summary>
internal sealed class OptionArguments
{
    private readonly List<(OptionProperty Property, Option<string[]> Option)> options = [];
    private readonly List<(OptionProperty Property, Argument<string[]> Argument)> arguments = [];

    /// <summary>Adds the options to a command; properties marked <see cref="PositionalAttribute"/> become its arguments.</summary>
    public OptionArguments(Command command, Type type)
    {
        foreach (var property in OptionProperty.Of(type))
        {
            if (property.Property.GetCustomAttribute<PositionalAttribute>() is { } named)
            {
                var arity = TypeNames.ListElement(property.Type) is null ? ArgumentArity.ZeroOrOne : ArgumentArity.ZeroOrMore;
                var argument = new Argument<string[]>(named.Name)
                {
                    Description = property.Help, Arity = arity,
                    // Of itself a list is not parsed where there may be one value only.
                    CustomParser = given => [.. given.Tokens.Select(t => t.Value)],
                };
                arguments.Add((property, argument));
                command.Arguments.Add(argument);
                continue;
            }
            var option = Create(property);
            options.Add((property, option));
            command.Options.Add(option);
        }
    }

    /// <summary>What was given, as if it stood in a pipeline.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="command">The command, for messages: <c>host data split</c>.</param>
    public MapNode Read(ParseResult parsed, string command)
    {
        var with = new MapNode(new Place(command, 0, ""), []);
        foreach (var (property, argument) in arguments)
            if (parsed.GetValue(argument) is { Length: > 0 } values)
                with.Set(property.Name, Read(property, argument.Name, [.. values]));
        foreach (var (property, option) in options)
            if (parsed.GetResult(option) is { Implicit: false } given)
                with.Set(property.Name, Read(property, option.Name, [.. given.Tokens.Select(t => t.Value)]));
        return with;
    }

    private static Option<string[]> Create(OptionProperty property)
    {
        var limits = Limits.Describe(property);
        var camel = "--" + property.Name;
        var kebab = "--" + TypeNames.Kebab(property.Property.Name);
        var flag = property.Type == typeof(bool);
        return new Option<string[]>(kebab, kebab == camel ? [] : [camel])
        {
            Description = $"{property.Help} [{TypeNames.Short(property.Type)}{(limits.Length > 0 ? "; " + limits : "")}]",
            HelpName = flag ? null : property.Name.ToUpperInvariant(),
            Arity = flag ? ArgumentArity.ZeroOrOne : ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
    }

    /// <summary>A value as if it stood in a pipeline: text stays text, anything else is read as YAML.</summary>
    private static Node Read(OptionProperty property, string name, List<string> tokens)
    {
        var place = new Place("", 0, name);
        if (tokens.Count == 0) return new ScalarNode(place, "true", Quoted: false);
        var element = TypeNames.ListElement(property.Type);
        if (element is null && tokens.Count > 1) throw new UsageException($"{name} is given {tokens.Count} times; it takes one value.");
        Node One(string token, Place at) => (element ?? property.Type) == typeof(string)
            ? new ScalarNode(at, token, Quoted: true)
            : YamlDocument.ParseArgument("", token, at.Path);
        return element is null ? One(tokens[0], place) : new ListNode(place, tokens.Select((t, i) => One(t, place.At(i))));
    }
}
