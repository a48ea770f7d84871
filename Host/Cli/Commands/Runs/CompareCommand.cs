using PluginHost.Host.Apps.Comparisons;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Host.Cli.Commands.Runs;

/// <summary><c>host compare</c></summary>
internal sealed class CompareCommand(Lazy<PredictionComparer> predictions, Lazy<BenchmarkComparer> benchmarks, PluginWarnings warnings)
    : HostCommand<CompareOptions>(
        "compare", "Compares two models on the same test set, or on the data sets of a benchmark, and tests the difference.", order: 42)
{
    private static OutputFile Output(CompareOptions options)
    {
        string[] inputs = [.. new[] { options.First, options.Second }.OfType<string>().Where(File.Exists)];
        var file = OutputFile.Check(options.Output!, options.Force, inputs);
        if (file.IsStandardOutput)
            throw new UsageException($"--output {options.Output}: the tables go to standard output; name a file for the JSON.");
        file.RequireEnding(".json");
        return file;
    }

    protected override Task<int> RunAsync(CompareOptions options, CancellationToken cancellation)
    {
        var request = new CompareRequest(
            options.First, options.Second, options.Models, options.Stage, options.Metrics, options.Resamples, options.Seed,
            options.Output is null ? null : Output(options));
        warnings.Show();
        var benchmark = BenchmarkComparer.IsBenchmark(request.First);
        if (request.Second is { } other && BenchmarkComparer.IsBenchmark(other) != benchmark)
            throw new UsageException(
                "One of the two is a benchmark and the other is not; compare two benchmarks, or two tables of predictions.");
        return Task.Run(
            () => benchmark ? benchmarks.Value.Run(request, cancellation) : predictions.Value.Run(request, cancellation), cancellation);
    }
}
