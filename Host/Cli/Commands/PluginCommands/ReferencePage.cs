using System.Reflection;
using System.Text;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>The reference as Markdown: the keys of pipelines, then a section a kind and a table a component of the catalog.</summary>
internal static class ReferencePage
{
    private const string Head = """
        # Reference

        Every key of a pipeline and every option of every component. `host reference` writes this page from the options classes, and a test
        keeps it current: change a `[Description]` in the code, then run `./host.sh reference > docs/reference.md`.
        How the parts go together stands in [pipelines.md](pipelines.md).


        """;

    /// <summary>What a kind is for, by its name. A kind that is missing here has its table all the same.</summary>
    private static readonly Dictionary<string, string> purposes = new()
    {
        ["data"] = "They yield the samples of the train, dev and test splits: `data:` of a stage.",
        ["tokenizer"] = "They turn a sample into tokens, each with the bases it covers: `tokenizer:` at the top.",
        ["architecture"] = "They turn tokens into hidden states: `architecture:` at the top.",
        ["objective"] = "They make batches of samples, and losses and scores of predictions: `objective:` of a stage.",
        ["head"] = "They turn hidden states into predictions. An objective brings its own; `heads:` at the top replaces them by role.",
        ["metric"] = "They sum scored samples up into one figure: `metrics:` of a stage. Higher is better unless it says otherwise.",
        ["baseline"] = "Trivial predictors, fitted on the same data and scored beside the model.",
        ["optimizer"] = "They turn gradients into steps of the weights.",
        ["schedule"] = "They say what the learning rate does as training goes on.",
        ["observer"] = "They watch a run and write down what they see.",
        ["decoder"] = "They choose the next token of a sequence that is generated.",
        ["layout"] = "They read weights that others published: `host import SOURCE --as NAME` ([import-export.md](import-export.md)).",
        ["input format"] = "They tell what a file is, so that a command such as `host predict MODEL FILE` need not be told.",
        ["tool"] = "What one does with data or with a trained model. Each is a command; an option is written `--like-this` there.",
    };

    /// <summary>Writes the page.</summary>
    /// <param name="components">What there is, sorted by kind and name.</param>
    public static string Of(IReadOnlyList<ComponentInfo> components)
    {
        var kinds = ComponentKinds.All.Where(kind => components.Any(c => c.Kind == kind)).ToList();
        var text = new StringBuilder(Head).Append("| section | |\n| --- | --- |\n| [Pipelines](#pipelines) | ");
        text.Append("[at the top](#at-the-top), ");
        foreach (var stage in StageNames.Kinds) text.Append($"{Link(StageTitle(stage), StageName(stage))}, ");
        text.Append("[`train:`](#train) |\n");
        foreach (var kind in kinds)
        {
            var links = components.Where(c => c.Kind == kind).Select(c => Link(Title(c), $"`{c.Name}`"));
            text.Append($"| {Link(Plural(kind), Plural(kind))} | {string.Join(", ", links)} |\n");
        }
        Pipelines(text);
        foreach (var kind in kinds)
        {
            text.Append($"\n## {Plural(kind)}\n");
            if (purposes.TryGetValue(ComponentKinds.Name(kind), out var purpose)) text.Append($"\n{purpose}\n");
            foreach (var component in components.Where(c => c.Kind == kind)) Component(text, component);
        }
        return text.ToString();
    }

    private static void Pipelines(StringBuilder text)
    {
        text.Append("\n## Pipelines\n\n### At the top\n\n").Append(Keys(PipelineKeys.Top));
        foreach (var stage in StageNames.Kinds)
            text.Append($"\n### {StageTitle(stage)}\n\n").Append(Keys(PipelineKeys.Stage(stage)));
        text.Append("\n### `train:`\n\n").Append(Options(typeof(TrainOptions)));
    }

    private static void Component(StringBuilder text, ComponentInfo component)
    {
        var from = component.Plugin is { } plugin ? $"plugin {plugin.Name}" : "the host";
        text.Append($"\n### {Title(component)}\n\n{component.Summary} From {from}.{(component.IsDefault ? " The default." : "")}\n\n");
        if (component.Kind == typeof(ITool)) Usage(text, component);
        text.Append(OptionProperty.Of(component.Options).Count == 0 ? "No options.\n" : Options(component.Options));
    }

    /// <summary>How a tool is called, and its examples.</summary>
    private static void Usage(StringBuilder text, ComponentInfo tool)
    {
        var arguments = OptionProperty.Of(tool.Options).Where(p => Positional(p) is not null)
            .Select(p => TypeNames.ListElement(p.Type) is null ? $" {Positional(p)}" : $" {Positional(p)}...");
        var usage = $"host {tool.Name}{string.Concat(arguments)}";
        var examples = tool.Options.GetCustomAttributes<ExampleAttribute>().Select(e => e.CommandLine).ToList();
        text.Append(examples.Count == 0 ? $"`{usage}`\n\n" : $"`{usage}`, for example\n\n```\n{string.Join('\n', examples)}\n```\n\n");
    }

    private static string Keys(IReadOnlyList<PipelineKey> keys)
    {
        var table = new ResultTable("", ["key", "type", "default", "meaning"]);
        foreach (var key in keys) table.Add($"`{key.Name}`", key.Type, key.Default, key.Help);
        return Table(table);
    }

    private static string Options(Type options)
    {
        var table = new ResultTable("", ["option", "type", "default", "limits", "meaning"]);
        var positional = OptionProperty.Of(options).Where(p => Positional(p) is not null).ToDictionary(p => p.Name, p => Positional(p)!);
        foreach (var row in OptionsTable.Of(options).Rows)
            table.Add([positional.TryGetValue(row[0], out var name) ? $"`{row[0]}` (argument {name})" : $"`{row[0]}`", .. row.Skip(1)]);
        return Table(table);
    }

    private static string Table(ResultTable table)
    {
        var lines = table.Rows.Prepend([.. table.Columns.Select(_ => "---")]).Prepend(table.Columns)
            .Select(row => "| " + string.Join(" | ", row.Select(cell => cell.Replace("|", "\\|"))) + " |\n");
        return string.Concat(lines);
    }

    private static string? Positional(OptionProperty property) => property.Property.GetCustomAttribute<PositionalAttribute>()?.Name;

    private static string StageName(StageKind stage) => $"`{TypeNames.Kebab(stage.ToString())}`";

    private static string StageTitle(StageKind stage) => $"Stage {StageName(stage)}";

    private static string Title(ComponentInfo component) => $"{Title(component.Kind)} `{component.Name}`";

    private static string Title(Type kind)
    {
        var name = kind == typeof(IDataSource) ? "data source" : ComponentKinds.Name(kind);
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    private static string Plural(Type kind) => Title(kind) + "s";

    /// <summary>A link to a heading, by the anchor that GitHub gives it.</summary>
    private static string Link(string heading, string text)
    {
        var kept = heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_');
        return $"[{text}](#{string.Concat(kept).Replace(' ', '-')})";
    }
}
