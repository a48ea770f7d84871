using System.CommandLine;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models.Checkpoints.Export;
using PluginHost.Host.Plugins;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Cli.Commands;

/// <summary><c>host export</c></summary>
internal sealed class ExportCommand(Lazy<IComponentFactory> components, Lazy<IRunView> view, PluginWarnings warnings) : ICommandModule
{
    private const string HuggingFace = "hf";

    public int Order => 61;

    public Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = "A model folder, or a run folder that holds one." };
        var format = new Option<string>("--format") { Description = "hf: the layout of Hugging Face.", HelpName = HuggingFace, DefaultValueFactory = _ => HuggingFace };
        format.AcceptOnlyFromAmong(HuggingFace);
        var output = new Option<string>("--output", "-o") { Description = "The folder to make.", HelpName = "DIR", Required = true };
        var command = new HostCommand("export", "Writes a trained model for other programs: config.json, weights, tokenizer files and a model card.")
        {
            Examples = ["host export runs/quickstart-20260101-120000 --format hf --output published/mine"],
        };
        command.Arguments.Add(model);
        command.Options.Add(format);
        command.Options.Add(output);
        command.SetAction((parsed, cancellation) =>
        {
            warnings.Show();
            return CommandThread.Run(components.Value, () =>
                new ModelExport(components.Value, view.Value).Run(parsed.GetRequiredValue(model), parsed.GetRequiredValue(output), cancellation));
        });
        return command;
    }
}
