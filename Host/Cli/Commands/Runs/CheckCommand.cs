using PluginHost.Host.Cli.Commands.Options;
using PluginHost.Host.Cli.Terminal;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Sweeps;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Cli.Commands.Runs;

/// <summary><c>host check</c></summary>
internal sealed class CheckCommand(Lazy<PipelineReader> reader, Lazy<IPipelineRunner> runner, PluginWarnings warnings,
    StandardStreams streams)
    : HostCommand<CheckOptions>(
        "check", "Checks a pipeline: every key, the data, the wiring, and one batch through each stage. Writes nothing.", order: 20)
{
    protected override Task<int> RunAsync(CheckOptions options, CancellationToken cancellation)
    {
        var definition = reader.Value.Read(options.Pipeline, options.Set);
        warnings.Show();
        if (options.Resolved)
        {
            streams.Output.Write(definition.ResolvedYaml);
            return Task.FromResult(ExitCodes.Done);
        }
        var variants = reader.Value.ReadVariants(options.Pipeline, options.Set);
        return variants.Count > 0 ? CheckAll(variants, options.Device, cancellation)
            : runner.Value.CheckAsync(definition, new RunRequest(null, options.Device, null), cancellation);
    }

    private async Task<int> CheckAll(IReadOnlyList<Variant> variants, string device, CancellationToken cancellation)
    {
        // Seeds, folds and subsets change neither wiring nor options: one of each is tried.
        foreach (var (name, pipeline) in variants.DistinctBy(
            v => string.Join('\n', v.Factors.Where(f => f.Kind is FactorKind.Variant or FactorKind.Grid))))
        {
            streams.Error.WriteLine(variants[0].Factors[0].Kind == FactorKind.Variant ? $"Variant {name}" : $"Run {name}");
            var code = await runner.Value.CheckAsync(pipeline, new RunRequest(null, device, null), cancellation);
            if (code != ExitCodes.Done) return code;
        }
        return ExitCodes.Done;
    }
}
