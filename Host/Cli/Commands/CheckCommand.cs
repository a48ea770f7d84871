using System.CommandLine;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Sweeps;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Cli.Commands;

/// <summary><c>host check</c></summary>
internal sealed class CheckCommand(Lazy<PipelineReader> reader, Lazy<IPipelineRunner> runner, PluginWarnings warnings) : ICommandModule
{
    public int Order => 20;

    public Command Create()
    {
        var pipeline = CommonOptions.Pipeline();
        pipeline.Required = true;
        var set = CommonOptions.Set();
        var device = CommonOptions.Device();
        var resolved = new Option<bool>("--resolved") { Description = "Only prints the pipeline with every default filled in." };
        var command = new HostCommand("check", "Checks a pipeline: every key, the data, the wiring, and one batch through each stage. Writes nothing.")
        {
            Examples =
            [
                "host check --pipeline pipelines/quickstart.yaml",
                "host check --pipeline pipelines/quickstart.yaml --resolved",
            ],
        };
        foreach (var option in new Option[] { pipeline, set, device, resolved }) command.Options.Add(option);
        command.SetAction((parsed, cancellation) =>
        {
            var definition = reader.Value.Read(parsed.GetRequiredValue(pipeline), parsed.GetValue(set) ?? []);
            warnings.Show();
            var variants = parsed.GetValue(resolved) ? [] : reader.Value.ReadVariants(parsed.GetRequiredValue(pipeline), parsed.GetValue(set) ?? []);
            if (variants.Count > 0) return CheckAll(variants, parsed.GetValue(device)!, cancellation);
            if (!parsed.GetValue(resolved))
                return runner.Value.CheckAsync(definition, new RunRequest(null, parsed.GetValue(device)!, null), cancellation);
            Console.Out.Write(definition.ResolvedYaml);
            return Task.FromResult(0);
        });
        return command;
    }

    private async Task<int> CheckAll(IReadOnlyList<Variant> variants, string device, CancellationToken cancellation)
    {
        // Seeds, folds and subsets change neither wiring nor options: one of each is tried.
        foreach (var (name, pipeline) in variants.DistinctBy(v => string.Join('\n', v.Factors.Where(f => f.Kind is FactorKind.Variant or FactorKind.Grid))))
        {
            Console.Error.WriteLine(variants[0].Factors[0].Kind == FactorKind.Variant ? $"Variant {name}" : $"Run {name}");
            if (await runner.Value.CheckAsync(pipeline, new RunRequest(null, device, null), cancellation) is var code and not 0) return code;
        }
        return 0;
    }
}
