using System.CommandLine;
using PluginHost.Host.Models;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Cli.Commands;

/// <summary><c>host predict</c></summary>
internal sealed class PredictCommand(Lazy<IPipelineRunner> runner, PluginWarnings warnings, InputFormats formats) : ICommandModule
{
    public int Order => 30;

    public Command Create() => UseCommand.Create(
        new HostCommand("predict", "Writes a table of predictions for sequences with a trained model.")
        {
            Examples =
            [
                "host predict runs/quickstart-20260101-120000 new-sequences.fa --output predictions.tsv",
                "host predict runs/quickstart-20260101-120000/model genome.fa.gz --data how=tiles --data window=100",
            ],
        },
        withMetrics: false, runner, warnings, formats, (r, request, cancellation) => r.PredictAsync(request, cancellation));
}
