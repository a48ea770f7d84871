using PluginHost.Host.Foundation;
using PluginHost.Host.Models.Checkpoints.Export;
using PluginHost.Host.Plugins;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Cli.Commands.Models;

/// <summary><c>host export</c></summary>
internal sealed class ExportCommand(Lazy<IComponentFactory> components, Lazy<IRunView> view, PluginWarnings warnings)
    : HostCommand<ExportOptions>(
        "export", "Writes a trained model for other programs: config.json, weights, tokenizer files and a model card.", order: 62)
{
    protected override Task<int> RunAsync(ExportOptions options, CancellationToken cancellation)
    {
        warnings.Show();
        return CommandThread.Run(components.Value, () =>
            new ModelExport(components.Value, view.Value).Run(options.Model, options.Output, cancellation, options.Force), cancellation);
    }
}
