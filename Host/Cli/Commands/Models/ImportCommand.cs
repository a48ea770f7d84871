using PluginHost.Host.Foundation;
using PluginHost.Host.Models.Checkpoints.Import;
using PluginHost.Host.Plugins;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Cli.Commands.Models;

/// <summary><c>host import</c></summary>
internal sealed class ImportCommand(Lazy<ComponentFactory> components, Lazy<IRunView> view, PluginWarnings warnings)
    : HostCommand<ImportOptions>("import", "Makes a model folder of published weights, every tensor checked.", order: 60)
{
    protected override Task<int> RunAsync(ImportOptions options, CancellationToken cancellation)
    {
        var request = new ImportRequest(
            options.Source, options.As, options.Output, options.NewHead, options.Set, options.LeaveOut, options.Seed, options.DryRun,
            options.Force);
        warnings.Show();
        return CommandThread.Run(components.Value,
            () => new CheckpointImport(components.Value, view.Value).Run(request, cancellation), cancellation);
    }
}
