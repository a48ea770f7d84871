using PluginHost.Host.Models;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Cli.Commands.Models;

/// <summary>What <c>host predict</c> and <c>host evaluate</c> have in common.</summary>
internal abstract class UseCommand<TOptions>(PluginWarnings warnings, InputFormats formats, string name, string summary, int order)
    : HostCommand<TOptions>(name, summary, order)
    where TOptions : UseOptions, new()
{
    protected sealed override Task<int> RunAsync(TOptions options, CancellationToken cancellation)
    {
        ModelArgument.Check(options.Model);
        var request = new UseRequest(
            options.Model, new DataArgument(formats).Read(options.File, options.Data), options.Split, Metrics(options),
            options.Output, options.Device, options.BatchTokens ?? 0, options.Adapter);
        warnings.Show();
        return Use(request, cancellation);
    }

    /// <summary>The metrics asked for.</summary>
    protected virtual IReadOnlyList<ComponentSpec> Metrics(TOptions options) => [];

    /// <summary>Uses the model.</summary>
    protected abstract Task<int> Use(UseRequest request, CancellationToken cancellation);
}
