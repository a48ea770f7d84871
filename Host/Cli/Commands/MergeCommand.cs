using System.CommandLine;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Cli.Commands;

/// <summary><c>host merge</c></summary>
internal sealed class MergeCommand(Lazy<IPipelineRunner> runner, PluginWarnings warnings) : ICommandModule
{
    public int Order => 45;

    public Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = "A model folder, or a run folder that holds one." };
        var adapter = new Option<string?>("--adapter") { Description = "A folder with low-rank adapters to put on the model in place of its own.", HelpName = "DIR" };
        var output = new Option<string>("--output", "-o") { Description = "The model folder to make. It must not exist, or be empty.", HelpName = "DIR", Required = true };
        var command = new HostCommand("merge", "Adds the low-rank adapters of a model to its weights and writes a plain model folder.")
        {
            Examples =
            [
                "host merge runs/lora-20260101-120000 --output merged",
                "host merge base-model --adapter runs/lora-20260101-120000/adapter --output merged",
            ],
        };
        command.Arguments.Add(model);
        command.Options.Add(adapter);
        command.Options.Add(output);
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(model);
            if (!Directory.Exists(path)) throw new UsageException($"{path} is not a folder; name a model folder, or a run folder that holds one.");
            warnings.Show();
            return runner.Value.MergeAsync(new MergeRequest(path, parsed.GetValue(adapter), parsed.GetRequiredValue(output)), cancellation);
        });
        return command;
    }
}
