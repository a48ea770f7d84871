using System.CommandLine;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Documents;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Options;
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
        var options = OptionProperty.Of(tool.Options).ToDictionary(p => p, Create);
        foreach (var option in options.Values) command.Options.Add(option);
        command.SetAction((parsed, cancellation) =>
        {
            var with = new MapNode(new Place($"host {tool.Name}", 0, ""), []);
            foreach (var (property, option) in options)
                if (parsed.GetResult(option) is { Implicit: false } given)
                    with.Set(property.Name, Read(property, option, [.. given.Tokens.Select(t => t.Value)]));
            var context = new PipelineBuildContext(components, null, null, PathSearch.WorkingDirectory);
            var built = components.Build<ITool>(new ComponentSpec(tool.Name, new NodeMap(with)) { Origin = $"host {tool.Name}" }, context);
            return built.RunAsync(new ViewToolContext(view), cancellation);
        });
        return command;
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
    private static Node Read(OptionProperty property, Option option, List<string> tokens)
    {
        var place = new Place("", 0, option.Name);
        if (tokens.Count == 0) return new ScalarNode(place, "true", Quoted: false);
        var element = TypeNames.ListElement(property.Type);
        if (element is null && tokens.Count > 1) throw new UsageException($"{option.Name} is given {tokens.Count} times; it takes one value.");
        Node One(string token, Place at) => (element ?? property.Type) == typeof(string)
            ? new ScalarNode(at, token, Quoted: true)
            : YamlDocument.ParseArgument("", token, at.Path);
        return element is null ? One(tokens[0], place) : new ListNode(place, tokens.Select((t, i) => One(t, place.At(i))));
    }
}
