using PluginHost.Host.Apps.Sweeps;
using PluginHost.Host.Batches;
using PluginHost.Host.Cli.Commands.Options;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Sweeps;
using PluginHost.Host.Records;
using PluginHost.Host.Stages;
using PluginHost.Libs.Files;
using PluginHost.Torch.Loading;

namespace PluginHost.Host.Cli.Commands.Runs;

/// <summary><c>host run</c></summary>
internal sealed class RunCommand(
    Lazy<PipelineReader> reader, Lazy<IPipelineRunner> runner, Lazy<SweepRunner> compared, PluginWarnings warnings)
    : HostCommand<RunOptions>(
        "run", "Runs a pipeline: trains, evaluates and predicts, stage by stage, into a new run folder.", order: 10)
{
    protected override Task<int> RunAsync(RunOptions options, CancellationToken cancellation)
    {
        var request = new RunRequest(options.Output, options.Device, options.Resume);
        if (Compare(options.Pipeline, options.Set, request, cancellation) is { } comparison) return comparison;
        var definition = Read(options.Pipeline, options.Set, request);
        warnings.Show();
        return runner.Value.RunAsync(definition, request, cancellation);
    }

    /// <summary>Starts a pipeline that asks for several runs, or goes on with one; null when it asks for one.</summary>
    private Task<int>? Compare(string? file, IReadOnlyList<string> overrides, RunRequest request, CancellationToken cancellation)
    {
        if (request.Resume is { } started)
        {
            if (!SweepFolder.IsAt(started)) return null;
            if (request.Output is not null || file is null && overrides.Count > 0)
                throw new UsageException($"{started} holds several runs of a pipeline; leave --set and --output out to go on, or "
                    + "name the pipeline again with --pipeline to add runs that it now asks for.");
            var folder = file is null ? SweepFolder.Open(started) : Extended(started, file, overrides);
            var pipelines = folder.Names
                .Select(name => new Variant(name, reader.Value.Read(folder.PipelineOf(name))) { Factors = folder.FactorsOf(name) })
                    .ToList();
            warnings.Show();
            return compared.Value.RunAsync(folder, pipelines, request.Device, cancellation);
        }
        if (file is null) return null;
        var variants = reader.Value.ReadVariants(file, overrides);
        if (variants.Count == 0) return null;
        warnings.Show();
        var path = request.Output ?? RunFolder.DefaultPath(variants[0].Pipeline.Name, TimeProvider.System.GetLocalNow());
        // What no run could begin without comes out before a folder is made.
        Libtorch.Load();
        _ = Compute.Select(request.Device);
        return Begin(SweepFolder.Create(path, variants), variants, request.Device, cancellation);
    }

    /// <summary>Runs a sweep from its beginning; where its first run cannot begin, nothing is left behind.</summary>
    private async Task<int> Begin(SweepFolder folder, IReadOnlyList<Variant> variants, string device, CancellationToken cancellation)
    {
        try
        {
            return await compared.Value.RunAsync(folder, variants, device, cancellation);
        }
        catch (HostException) when (!folder.Names.Any(folder.IsStarted))
        {
            Disk.Guard(folder.Path, () => Directory.Delete(folder.Path, recursive: true));
            throw;
        }
    }

    private SweepFolder Extended(string started, string file, IReadOnlyList<string> overrides)
    {
        var variants = reader.Value.ReadVariants(file, overrides);
        if (variants.Count == 0)
            throw new UsageException($"{started} holds several runs, and {file} asks for one; leave --pipeline out to go on, or give "
                + "--output another folder.");
        return SweepFolder.Extend(
            started, variants, (resolved, variant) => reader.Value.IsSameRun(reader.Value.Read(resolved), variant.Pipeline));
    }

    private PipelineDefinition Read(string? file, IReadOnlyList<string> overrides, RunRequest request)
    {
        if (request.Resume is not { } folder)
            return reader.Value.Read(file ?? throw new UsageException("Name the pipeline: host run --pipeline FILE."), overrides);
        if (request.Output is not null) throw new UsageException("--resume goes on in its own folder; leave --output out.");
        var resolved = Path.Combine(folder, RunFiles.Pipeline);
        if (!SweepFolder.IsAt(folder) && !Directory.Exists(Path.Combine(folder, RunFiles.Stages)) && !File.Exists(resolved)
            && !File.Exists(Path.Combine(folder, RunFiles.Run)))
            throw new UsageException($"{folder} is not a run folder: it holds no {RunFiles.Pipeline}.");
        if (file is null || !KeptPipeline.IsDamaged(resolved)
            || !KeptPipeline.Mend(folder, reader.Value.Read(file, overrides).ResolvedYaml)) _ = KeptPipeline.Read(resolved);
        var started = reader.Value.Read(resolved);
        if (file is null && overrides.Count == 0) return started;
        var asked = reader.Value.Read(file ?? resolved, overrides);
        return reader.Value.IsSameRun(started, asked) ? started
            : throw new UsageException($"The pipeline asked for differs from the one {folder} was started with ({resolved}); leave "
                + "--pipeline and --set out to go on, or start a new run without --resume.");
    }
}
