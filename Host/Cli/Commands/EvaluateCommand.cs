using System.CommandLine;
using PluginHost.Host.Models;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Cli.Commands;

/// <summary><c>host evaluate</c></summary>
internal sealed class EvaluateCommand(Lazy<IPipelineRunner> runner, PluginWarnings warnings, InputFormats formats) : ICommandModule
{
    public int Order => 40;

    public Command Create() => UseCommand.Create(
        new HostCommand("evaluate", "Scores a trained model on labelled sequences.")
        {
            Examples =
            [
                "host evaluate runs/quickstart-20260101-120000 test.csv",
                "host evaluate runs/quickstart-20260101-120000 test.csv --metrics mcc,f1 --output scores.tsv",
            ],
        },
        withMetrics: true, runner, warnings, formats, (r, request, cancellation) => r.EvaluateAsync(request, cancellation));
}
