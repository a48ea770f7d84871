using System.CommandLine;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models.Checkpoints.Import;
using PluginHost.Host.Plugins;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Cli.Commands;

/// <summary><c>host import</c></summary>
internal sealed class ImportCommand(Lazy<ComponentFactory> components, Lazy<IRunView> view, PluginWarnings warnings) : ICommandModule
{
    public int Order => 60;

    public Command Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "A folder of published weights (config.json, weights, tokenizer files), or a file: safetensors, or what torch.save wrote." };
        var layout = new Option<string>("--as") { Description = "The layout they were published in; 'host plugins list' shows the layouts there are.", HelpName = "LAYOUT", Required = true };
        var output = new Option<string>("--output", "-o") { Description = "The model folder to make.", HelpName = "DIR", Required = true };
        var head = new Option<string?>("--new-head") { Description = "Makes a head that the file lacks, with random weights. Without it nothing is ever at random.", HelpName = "NAME" };
        var leaveOut = new Option<string[]>("--leave-out") { Description = "Leaves out tensors of the file whose names match, * for any characters; may be repeated.", HelpName = "PATTERN", AllowMultipleArgumentsPerToken = false };
        var set = new Option<string[]>("--set")
        {
            Description = "Overrides an option of tokenizer, architecture, objective or heads, for example --set objective.classes=3; may be repeated.",
            HelpName = "PATH=VALUE", AllowMultipleArgumentsPerToken = false,
        };
        var seed = new Option<ulong>("--seed") { Description = "Seed of a new head's weights.", DefaultValueFactory = _ => 42, HelpName = "N" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Checks and reports every tensor, and writes nothing." };
        var command = new HostCommand("import", "Makes a model folder of published weights, every tensor checked.")
        {
            Examples =
            [
                "host import published/model --as LAYOUT --output models/mine",
                "host import published/pytorch_model.bin --as LAYOUT --output models/mine --dry-run",
                "host import published/model --as LAYOUT --output models/mine --new-head NAME --set objective.classes=3",
            ],
        };
        command.Arguments.Add(source);
        foreach (var option in new Option[] { layout, output, head, leaveOut, set, seed, dryRun }) command.Options.Add(option);
        command.SetAction((parsed, cancellation) =>
        {
            var request = new ImportRequest(
                parsed.GetRequiredValue(source), parsed.GetRequiredValue(layout), parsed.GetRequiredValue(output), parsed.GetValue(head),
                parsed.GetValue(set) ?? [], parsed.GetValue(leaveOut) ?? [], parsed.GetValue(seed), parsed.GetValue(dryRun));
            warnings.Show();
            return CommandThread.Run(components.Value, () => new CheckpointImport(components.Value, view.Value).Run(request, cancellation));
        });
        return command;
    }
}
