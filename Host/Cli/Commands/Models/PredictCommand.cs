using PluginHost.Host.Models;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Cli.Commands.Models;

/// <summary><c>host predict</c></summary>
internal sealed class PredictCommand(Lazy<IPipelineRunner> runner, PluginWarnings warnings, InputFormats formats)
    : UseCommand<PredictOptions>(
    warnings, formats, "predict", "Writes a table of predictions for sequences with a trained model.", order: 30)
{
    protected override Task<int> Use(UseRequest request, CancellationToken cancellation) =>
        runner.Value.PredictAsync(request, cancellation);
}
