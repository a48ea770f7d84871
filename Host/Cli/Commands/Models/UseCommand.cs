using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Stages;
using PluginHost.Libs.Genomics;

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
            options.Model, Data(options), options.Split, Metrics(options),
            options.Output, options.Device, options.BatchTokens ?? 0, options.Adapter)
        { Force = options.Force, AllowNan = options.AllowNan };
        warnings.Show();
        return Use(request, cancellation);
    }

    private IReadOnlyList<NamedData> Data(TOptions options) => new DataArgument(formats).Read(
        options.Files, options.OnBad == OnBad.Skip ? [.. options.Data, "onBad=skip"] : options.Data, PathSearch.WorkingDirectory.Resolve);

    /// <summary>The metrics asked for.</summary>
    protected virtual IReadOnlyList<ComponentSpec> Metrics(TOptions options) => [];

    /// <summary>Uses the model.</summary>
    protected abstract Task<int> Use(UseRequest request, CancellationToken cancellation);
}
