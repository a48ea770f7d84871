using System.CommandLine;
using System.Text;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Options;
using PluginHost.Host.Terminal;
using PluginHost.Host.Training;
using PluginHost.Host.Training.Adapters;

namespace PluginHost.Host.Commands.PluginCommands;

/// <summary><c>host plugins reference</c>: every key of a pipeline and every option of every component, as Markdown. The tables of docs/pipelines.md are its output.</summary>
internal static class Reference
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Lazy<ComponentFactory> components)
    {
        var command = new HostCommand("reference", "Prints every key and option of pipelines as Markdown.")
        {
            Examples = ["host plugins reference > reference.md"],
        };
        command.SetAction(_ =>
        {
            Console.Out.Write(Markdown(components.Value.Components));
            return 0;
        });
        return command;
    }

    private static string Markdown(IReadOnlyList<ComponentInfo> components)
    {
        var text = new StringBuilder();
        text.Append("### At the top\n\n").Append(Keys(PipelineKeys.Top));
        foreach (var kind in Enum.GetValues<StageKind>())
            text.Append($"\n### Stage `{TypeNames.Kebab(kind.ToString())}`\n\n").Append(Keys(PipelineKeys.Stage(kind)));
        text.Append("\n### `train:`\n\n").Append(Options(typeof(TrainOptions)));
        text.Append("\n### `train.lora:`\n\n").Append(Options(typeof(LoraOptions)));
        foreach (var kind in ComponentKinds.All)
            foreach (var component in components.Where(c => c.Kind == kind))
            {
                text.Append($"\n### {Title(kind)} `{component.Name}`\n\n{component.Summary} From plugin {component.Plugin.Name}.\n\n");
                text.Append(OptionProperty.Of(component.Options).Count == 0 ? "No options.\n" : Options(component.Options));
            }
        return text.ToString();
    }

    private static string Keys(IReadOnlyList<PipelineKey> keys)
    {
        var table = new ResultTable("", ["key", "type", "default", "meaning"]);
        foreach (var key in keys) table.Add($"`{key.Name}`", key.Type, key.Default, key.Help);
        return Table(table);
    }

    private static string Options(Type options)
    {
        var plain = OptionsTable.Of(options);
        var table = new ResultTable("", plain.Columns);
        foreach (var row in plain.Rows) table.Add([$"`{row[0]}`", .. row.Skip(1)]);
        return Table(table);
    }

    private static string Table(ResultTable table)
    {
        var lines = table.Rows.Prepend([.. table.Columns.Select(_ => "---")]).Prepend(table.Columns)
            .Select(row => "| " + string.Join(" | ", row.Select(cell => cell.Replace("|", "\\|"))) + " |\n");
        return string.Concat(lines);
    }

    private static string Title(Type kind)
    {
        var name = kind == typeof(IDataSource) ? "data source" : ComponentKinds.Name(kind);
        return char.ToUpperInvariant(name[0]) + name[1..];
    }
}
