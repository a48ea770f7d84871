using System.CommandLine;
using PluginHost.Host.Apps.Comparisons;

namespace PluginHost.Host.Cli.Commands;

/// <summary><c>host compare</c></summary>
internal sealed class CompareCommand(Lazy<PredictionComparer> predictions, Lazy<BenchmarkComparer> benchmarks, PluginWarnings warnings) : ICommandModule
{
    public int Order => 42;

    public Command Create()
    {
        var first = new Argument<string>("FIRST") { Description = "A table of predictions, a run folder, or a benchmark folder." };
        var second = new Argument<string?>("SECOND") { Description = "Another, on the same test set; for benchmarks, on the same data sets.", Arity = ArgumentArity.ZeroOrOne };
        var models = new Option<string[]>("--models") { Description = "Two models of the benchmarks to compare; all pairs if left out.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        var stage = new Option<string?>("--stage") { Description = "The evaluate stage of the run folders; needed when there are several.", HelpName = "NAME" };
        var metrics = new Option<string[]>("--metrics") { Description = "Metrics to compare; mcc, f1, accuracy and, for two classes, auroc and auprc if left out.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        var resamples = new Option<int>("--resamples") { Description = "Resamples of the paired bootstrap; 0 for none.", HelpName = "N", DefaultValueFactory = _ => 2_000 };
        resamples.Validators.Add(r =>
        {
            if (r.Tokens.Count == 1 && int.TryParse(r.Tokens[0].Value, out var n) && n is < 0 or > 1_000_000 or (> 0 and < 100)) r.AddError("--resamples must be 0, or 100 to 1000000.");
        });
        var seed = new Option<ulong>("--seed") { Description = "Seeds the bootstrap.", HelpName = "N", DefaultValueFactory = _ => 42 };
        var output = new Option<string?>("--output", "-o") { Description = "A JSON file to write the comparison to as well.", HelpName = "FILE" };
        var command = new HostCommand("compare", "Compares two models on the same test set, or on the data sets of a benchmark, and tests the difference.")
        {
            Examples =
            [
                "host compare runs/small runs/large",
                "host compare small.tsv large.tsv --metrics mcc,auroc --resamples 10000 --output difference.json",
                "host compare runs/gue --models small,large",
            ],
        };
        foreach (var argument in new Argument[] { first, second }) command.Arguments.Add(argument);
        foreach (var option in new Option[] { models, stage, metrics, resamples, seed, output }) command.Options.Add(option);
        command.SetAction((parsed, cancellation) =>
        {
            var request = new CompareRequest(
                parsed.GetRequiredValue(first), parsed.GetValue(second), Names(parsed.GetValue(models)), parsed.GetValue(stage),
                Names(parsed.GetValue(metrics)), parsed.GetValue(resamples), parsed.GetValue(seed), parsed.GetValue(output));
            warnings.Show();
            var benchmark = BenchmarkComparer.IsBenchmark(request.First);
            if (request.Second is { } other && BenchmarkComparer.IsBenchmark(other) != benchmark)
                throw new UsageException("One of the two is a benchmark and the other is not; compare two benchmarks, or two tables of predictions.");
            return Task.Run(() => benchmark ? benchmarks.Value.Run(request, cancellation) : predictions.Value.Run(request, cancellation), cancellation);
        });
        return command;
    }

    private static IReadOnlyList<string> Names(string[]? given) => [.. (given ?? []).SelectMany(m => m.Split(',', StringSplitOptions.RemoveEmptyEntries))];
}
