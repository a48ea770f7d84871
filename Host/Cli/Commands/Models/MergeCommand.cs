using PluginHost.Host.Stages;

namespace PluginHost.Host.Cli.Commands.Models;

/// <summary><c>host merge</c></summary>
internal sealed class MergeCommand(Lazy<IPipelineRunner> runner, PluginWarnings warnings) : HostCommand<MergeOptions>(
    "merge", "Adds the low-rank adapters of a model to its weights and writes a plain model folder.", order: 45)
{
    protected override Task<int> RunAsync(MergeOptions options, CancellationToken cancellation)
    {
        ModelArgument.Check(options.Model);
        warnings.Show();
        return runner.Value.MergeAsync(new MergeRequest(options.Model, options.Adapter, options.Output, options.Force), cancellation);
    }
}
