using System.CommandLine;
using PluginHost.Host.Apps.Benchmarks;
using PluginHost.Host.Records;

namespace PluginHost.Host.Cli.Commands;

/// <summary><c>host benchmark</c></summary>
internal sealed class BenchmarkCommand(Lazy<BenchmarkRunner> runner, PluginWarnings warnings) : ICommandModule
{
    public int Order => 15;

    public Command Create()
    {
        var suite = new Option<string?>("--suite") { Description = $"The suite: {string.Join(", ", SuiteFiles.Names)} (every data set found), or a .json file of your own.", HelpName = "NAME" };
        var data = new Option<string?>("--data") { Description = "The folder that holds the data sets, at any depth up to four.", HelpName = "DIR" };
        var models = new Option<string[]>("--model", "-m")
        {
            Description = "A pipeline that trains a model, or the folder of a trained one; NAME= before it names it. May be repeated.", HelpName = "[NAME=]PATH", AllowMultipleArgumentsPerToken = true,
        };
        var pipeline = new Option<string?>("--pipeline", "-p") { Description = "The pipeline whose finetune stage model folders are trained by.", HelpName = "FILE" };
        var sets = List("--datasets", "Data sets to use; all that are found if left out.", "NAME");
        var metric = new Option<string?>("--metric") { Description = "The metric of the table; the suite's if left out. benchmark.csv and benchmark.json have all.", HelpName = "NAME" };
        var seeds = new Option<string[]>("--seeds") { Description = "Seeds to fine-tune with; the pipeline's own if left out.", HelpName = "N,N", AllowMultipleArgumentsPerToken = true };
        var set = CommonOptions.Set();
        var protocol = new Option<Protocol>("--protocol") { Description = "each: train and test on each data set. groups: take them for groups (species, tissues), train on one and test on each, then train on all." };
        var devShare = Share("--dev-share", "Share of the training samples held out for development where there is no dev split.", 0.1, 0, 0.9);
        var identity = Share("--identity", "From this identity a test sequence counts as nearly known from training; 0 not to look.", 0.95, 0.7, 1);
        var genome = new Option<string[]>("--genome") { Description = "FASTA files on which tables of places are looked up.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
        var keep = new Option<Keep>("--keep") { Description = "What is kept of finished runs beside figures and predictions: models, everything, predictions." };
        var output = new Option<string?>("--output", "-o") { Description = "The benchmark's folder; runs/SUITE-TIME if left out. What an earlier benchmark did there is not repeated.", HelpName = "DIR" };
        var device = CommonOptions.Device();
        var resume = new Option<string?>("--resume") { Description = "Goes on in the folder of an interrupted benchmark, with what it was asked for.", HelpName = "DIR" };
        var command = new HostCommand("benchmark", "Fine-tunes and scores models on every data set of a suite, into one table beside baselines and published figures.")
        {
            Examples =
            [
                "host benchmark --suite gue --data GUE --model finetune.yaml --seeds 1,2,3",
                "host benchmark --suite nt --data nucleotide_transformer_downstream_tasks --model small=runs/small large=runs/large --pipeline finetune.yaml",
                "host benchmark --suite folder --data species --protocol groups --model finetune.yaml",
                "host benchmark --resume runs/gue-20260101-120000",
            ],
        };
        foreach (var option in new Option[] { suite, data, models, pipeline, sets, metric, seeds, set, protocol, devShare, identity, genome, keep, output, device, resume }) command.Options.Add(option);
        command.SetAction((parsed, cancellation) =>
        {
            warnings.Show();
            if (parsed.GetValue(resume) is { } started)
            {
                if (parsed.GetValue(suite) is not null || parsed.GetValue(data) is not null || parsed.GetValue(models) is { Length: > 0 } || parsed.GetValue(output) is not null)
                    throw new UsageException("--resume goes on with what the benchmark was asked for; leave --suite, --data, --model and --output out. To add models or seeds, name them all again with --output FOLDER.");
                var folder = BenchmarkFolder.Open(started);
                return runner.Value.RunAsync(folder, folder.Request(), cancellation);
            }
            var request = new BenchmarkRequest
            {
                Suite = parsed.GetValue(suite) ?? throw new UsageException($"Name the suite: --suite {string.Join("|", SuiteFiles.Names)}."),
                Data = Path.GetFullPath(parsed.GetValue(data) ?? throw new UsageException("Name the folder that holds the data sets: --data DIR.")),
                Models = parsed.GetValue(models) ?? [], Pipeline = parsed.GetValue(pipeline), Metric = parsed.GetValue(metric), DataSets = Split(parsed.GetValue(sets)), Seeds = Seeds(parsed.GetValue(seeds)),
                Set = parsed.GetValue(set) ?? [], Protocol = parsed.GetValue(protocol), DevShare = parsed.GetValue(devShare), Identity = parsed.GetValue(identity),
                Genome = [.. (parsed.GetValue(genome) ?? []).Select(Path.GetFullPath)], Keep = parsed.GetValue(keep), Device = parsed.GetValue(device)!,
            };
            // Mistakes come out before a folder is made.
            var named = SuiteFiles.Read(request.Suite);
            _ = BenchmarkModel.ReadAll(request.Models, request.Pipeline);
            if (!Directory.Exists(request.Data)) throw new DataException($"The folder '{request.Data}' does not exist; name the folder that holds the data sets with --data.");
            var path = parsed.GetValue(output) ?? RunFolder.DefaultPath(named.Name, TimeProvider.System.GetLocalNow());
            return runner.Value.RunAsync(BenchmarkFolder.CreateOrOpen(path, request), request, cancellation);
        });
        return command;
    }

    private static Option<string[]> List(string name, string help, string value) => new(name) { Description = help, HelpName = value, AllowMultipleArgumentsPerToken = true };

    private static Option<double> Share(string name, string help, double usual, double least, double most)
    {
        var option = new Option<double>(name) { Description = help, HelpName = "SHARE", DefaultValueFactory = _ => usual };
        option.Validators.Add(r =>
        {
            if (r.Tokens.Count == 1 && double.TryParse(r.Tokens[0].Value, System.Globalization.CultureInfo.InvariantCulture, out var v) && v != 0 && !(v >= least && v <= most))
                r.AddError(FormattableString.Invariant($"{name} must be 0, or {least} to {most}."));
        });
        return option;
    }

    private static IReadOnlyList<ulong> Seeds(string[]? given) => [.. Split(given).Select(s => ulong.TryParse(s, out var seed) ? seed : throw new UsageException($"--seeds {s}: seeds are whole numbers, such as 1,2,3."))];

    private static IReadOnlyList<string> Split(string[]? given) => [.. (given ?? []).SelectMany(m => m.Split(',', StringSplitOptions.RemoveEmptyEntries)).Distinct()];
}
