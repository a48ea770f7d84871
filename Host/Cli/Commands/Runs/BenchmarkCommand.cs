using PluginHost.Host.Apps.Benchmarks;
using PluginHost.Host.Cli.Commands.Options;
using PluginHost.Host.Records;
using PluginHost.Libs.Genomics.Fasta;

namespace PluginHost.Host.Cli.Commands.Runs;

/// <summary><c>host benchmark</c></summary>
internal sealed class BenchmarkCommand(Lazy<BenchmarkRunner> runner, PluginWarnings warnings) : HostCommand<BenchmarkOptions>(
    "benchmark", "Fine-tunes and scores models on every data set of a suite, into one table beside baselines and published figures.",
    order: 15)
{
    protected override Task<int> RunAsync(BenchmarkOptions options, CancellationToken cancellation)
    {
        warnings.Show();
        if (options.Resume is { } started) return GoOn(started, options, cancellation);
        var request = Request(options);
        // Mistakes come out before a folder is made.
        var suite = SuiteFiles.Read(request.Suite);
        _ = BenchmarkModel.ReadAll(request.Models, request.Pipeline);
        if (!Directory.Exists(request.Data))
            throw new DataException($"The folder '{request.Data}' does not exist; name the folder that holds the data sets with --data.");
        var path = options.Output ?? RunFolder.DefaultPath(suite.Name, TimeProvider.System.GetLocalNow());
        return runner.Value.RunAsync(BenchmarkFolder.CreateOrOpen(path, request), request, cancellation);
    }

    private Task<int> GoOn(string started, BenchmarkOptions options, CancellationToken cancellation)
    {
        if (options.Suite is not null || options.Data is not null || options.Model.Count > 0 || options.Output is not null)
            throw new UsageException("--resume goes on with what the benchmark was asked for; leave --suite, --data, --model and --output "
                + "out. To add models or seeds, name them all again with --output FOLDER.");
        var folder = BenchmarkFolder.Open(started);
        return runner.Value.RunAsync(folder, folder.Request(), cancellation);
    }

    private static BenchmarkRequest Request(BenchmarkOptions options) => new()
    {
        Suite = options.Suite ?? throw new UsageException($"Name the suite: --suite {string.Join("|", SuiteFiles.Names)}."),
        Data = Path.GetFullPath(options.Data ?? throw new UsageException("Name the folder that holds the data sets: --data DIR.")),
        Models = options.Model, Pipeline = options.Pipeline, Metric = options.Metric, Set = options.Set, Protocol = options.Protocol,
        DataSets = [.. options.Datasets.Distinct()], Seeds = [.. options.Seeds.Distinct()],
        DevShare = options.DevShare, Labels = options.Labels, Identity = options.Identity,
        Genome = [.. options.Genome.Select(Path.GetFullPath)],
        Keep = options.Keep, Device = options.Device,
    };
}
