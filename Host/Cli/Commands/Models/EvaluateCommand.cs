using PluginHost.Host.Models;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Cli.Commands.Models;

/// <summary><c>host evaluate</c></summary>
internal sealed class EvaluateCommand(Lazy<IPipelineRunner> runner, PluginWarnings warnings, InputFormats formats)
    : UseCommand<EvaluateOptions>(
    warnings, formats, "evaluate", "Scores a trained model on labelled sequences.", order: 40)
{
    protected override IReadOnlyList<ComponentSpec> Metrics(EvaluateOptions options) =>
        [.. options.Metrics.Select(name => new ComponentSpec(name) { Origin = "--metrics" })];

    protected override Task<int> Use(UseRequest request, CancellationToken cancellation) =>
        runner.Value.EvaluateAsync(request, cancellation);
}
