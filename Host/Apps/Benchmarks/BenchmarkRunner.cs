using System.Globalization;
using System.Text.Json;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Records;
using PluginHost.Host.Scoring;
using PluginHost.Host.Stages;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>Runs benchmarks: finds the data sets, trains every model on each, and keeps one table. What is done is not repeated.</summary>
/// <param name="reader">Reads pipelines.</param>
/// <param name="components">Builds sources.</param>
/// <param name="formats">Knows layouts of data sets.</param>
/// <param name="view">What the user sees.</param>
public sealed class BenchmarkRunner(PipelineReader reader, IComponentFactory components, InputFormats formats, IRunView view)
{
    private readonly PipelineRunner runner = new(components, new QuietResultsView(view));

    /// <summary>Runs what is not done yet.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    /// <returns>The exit code: that of the first run that did not end well, or 0.</returns>
    public async Task<int> RunAsync(BenchmarkFolder folder, BenchmarkRequest request, CancellationToken cancellation)
    {
        var suite = SuiteFiles.Read(request.Suite);
        if (request.Metric is { } metric)
            suite = suite with
            {
                Metric = metric,
                DataSets = [.. suite.DataSets.Select(d => d with { Metric = null })],
                Published = [.. suite.Published.Select(p => p with { Metric = p.Metric ?? suite.Metric })]
            };
        var models = BenchmarkModel.ReadAll(request.Models, request.Pipeline)
            .Select(m => (Model: m, Pipelines: new BenchmarkPipelines(reader, components, m, request.Set))).ToList();
        var readings = models.Select(m => (m.Model.Name, Reading: m.Pipelines.Reading())).ToList();
        var (found, missing) = Find(suite, request, readings[0].Reading.Data);
        foreach (var (name, reading) in readings.Skip(1)) Agree(suite, request, readings[0].Name, found, name, reading.Data);
        var failures = new List<FailedRun>();
        var sets = Examine(folder, found, request, readings[0].Reading.Paths, failures, cancellation);
        var runs = BenchmarkPlan.Of(suite, sets, models, request, components.Offered);
        view.Say($"Benchmark folder: {folder.Path}");
        var starts = new Dictionary<string, string?>();
        var metrics = new MetricFactory([], components, new PipelineBuildContext(components, null, null, PathSearch.WorkingDirectory));
        Func<string, bool> higher = metrics.HigherIsBetter;
        for (var i = 0; i < runs.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var run = runs[i];
            var (model, pipelines) = models.Single(m => m.Model.Name == run.Model);
            view.Say($"{run.Model} on {run.TrainedOn}, seed {run.Seed} ({i + 1} of {runs.Count})");
            try
            {
                if (!starts.TryGetValue(run.Model, out var start))
                {
                    var (code, folderOfModel) = await Pretrain(folder, model, pipelines, request, cancellation);
                    if (code != ExitCodes.Done) return Stopped(folder, code);
                    starts[run.Model] = start = folderOfModel;
                }
                var ended = await Run(folder.Of(run.Folder), run.Pipeline(start), request, cancellation);
                if (ended != ExitCodes.Done) return Stopped(folder, ended);
            }
            catch (HostException failure) when (failure is not ResourceException)
            {
                failures.Add(new(run.Folder, failure.ExitCode, failure.Message));
                view.Warn($"{run.Folder}: {failure.Message}");
            }
            Write(folder, BenchmarkCollector.Collect(folder, request, suite, missing, sets, runs, failures, higher));
        }
        Show(folder, BenchmarkCollector.Collect(folder, request, suite, missing, sets, runs, failures, higher));
        return failures.Count > 0 ? failures[0].ExitCode : ExitCodes.Done;
    }

    private (IReadOnlyList<(SuiteDataSet, FoundFolder)> Found, IReadOnlyList<string> Missing) Find(Suite suite, BenchmarkRequest request,
        ComponentSpec? like)
    {
        var (found, missing) = Match(suite, request, like);
        string[] names = [.. found.Select(f => f.DataSet.Name)];
        if (names.Length == 0)
            throw new DataException($"There is no data set {(suite.DataSets.Count > 0 ? $"of the suite {suite.Name} " : "")}in "
                + $"'{request.Data}': none of its folders holds train and test as tables (train.csv), as folders of classes "
                + "(train/CLASS/*.txt) or as FASTA with labels "
                + $"(train.fna).{(missing.Count > 0 ? $" Missing: {string.Join(", ", missing)}." : "")}");
        foreach (var wanted in request.DataSets)
            if (!names.Contains(wanted))
                throw new UsageException($"--datasets {wanted}: there is no such data set in '{request.Data}'; found were: "
                    + $"{string.Join(", ", names)}{Nearest.Hint(wanted, names)}.");
        if (missing.Count > 0) view.Warn($"{missing.Count} of the {suite.DataSets.Count} data sets of {suite.Name} are missing from "
            + $"'{request.Data}': {string.Join(", ", missing)}.");
        if (request.DataSets.Count > 0) found = [.. found.Where(f => request.DataSets.Contains(f.DataSet.Name))];
        if (request.Protocol == Protocol.Groups && found.Count < 2)
            throw new UsageException("--protocol groups trains on one group and tests on each; it needs two data sets at least.");
        return (found, missing);
    }

    private (IReadOnlyList<(SuiteDataSet DataSet, FoundFolder Folder)> Found, IReadOnlyList<string> Missing) Match(Suite suite,
        BenchmarkRequest request, ComponentSpec? like) =>
        DataSetFinder.Match(suite, DataSetFinder.Find(formats, request.Data, request.DevShare, request.Genome, like));

    /// <summary>Models of one benchmark read the same columns of the same data.</summary>
    private void Agree(Suite suite, BenchmarkRequest request, string first, IReadOnlyList<(SuiteDataSet, FoundFolder Folder)> found,
        string other, ComponentSpec? like)
    {
        string Written(FoundFolder folder) => JsonSerializer.Serialize(folder.Data with { Origin = "" }, Json.Line);
        var others = Match(suite, request, like).Found.ToDictionary(f => f.Folder.Path, f => Written(f.Folder));
        if (found.FirstOrDefault(f => !others.TryGetValue(f.Folder.Path, out var written) || written != Written(f.Folder))
            .Folder is { } differs)
            throw new UsageException(
                $"The pipelines of {first} and {other} read '{differs.Path}' differently; name the same columns in the "
                + "data of both (sequence, label, pair, id, separator, vectors, join), or run a benchmark for each.");
    }

    private List<BenchmarkDataSet> Examine(BenchmarkFolder folder, IReadOnlyList<(SuiteDataSet DataSet, FoundFolder Folder)> found,
        BenchmarkRequest request, PathSearch paths, List<FailedRun> failures, CancellationToken cancellation)
    {
        var examination = new DataSetExamination(components, paths, view);
        var sets = new List<BenchmarkDataSet>();
        foreach (var (set, where) in found)
        {
            if (Attempt(set.Name, failures, () =>
                examination.Examine(set.Name, where.Data, request.Identity, folder.Of("data-sets", set.Name + ".json"),
                    cancellation)) is not { } facts) continue;
            view.Say(string.Create(CultureInfo.InvariantCulture, $"{set.Name}: {facts.Train:N0} training, {facts.Dev:N0} dev and "
                + $"{facts.Test:N0} test samples{(facts.Labels.Count > 0 ? $" of {facts.Labels.Count:N0} classes" : "")}; test samples "
                + $"known from training: {facts.Leakage}"));
            sets.Add(new(set, where, facts));
        }
        if (request.Protocol == Protocol.Groups)
            sets = [.. sets.Select(test => test with
            {
                KnownFrom = sets.Where(train => train != test).ToDictionary(train => train.Name, train => examination.Across(
                    $"{train.Name} to {test.Name}", train.Folder.Data, test.Folder.Data, request.Identity,
                        folder.Of("data-sets", $"{train.Name}--{test.Name}.json"), cancellation)),
            })];
        if (sets.Count == 0) throw new DataException($"None of the data sets in '{request.Data}' can be used. {failures[0].Message}");
        return sets;
    }

    /// <summary>Does what may fail for one data set; the others go on.</summary>
    private DataSetFacts? Attempt(string what, List<FailedRun> failures, Func<DataSetFacts> examine)
    {
        try { return examine(); }
        catch (HostException failure) when (failure is not ResourceException)
        {
            failures.Add(new(what, failure.ExitCode, failure.Message));
            view.Warn(failure.Message);
            return null;
        }
    }

    /// <summary>Pretrains once for all data sets.</summary>
    private async Task<(int Code, string? Folder)> Pretrain(BenchmarkFolder folder, BenchmarkModel model, BenchmarkPipelines pipelines,
        BenchmarkRequest request, CancellationToken cancellation)
    {
        if (model.Folder is not null) return (ExitCodes.Done, model.Folder);
        if (pipelines.Pretraining() is not { } pretraining) return (ExitCodes.Done, null);
        var run = folder.Of(model.Name, "pretraining");
        view.Say($"{model.Name}: pretraining, once for all data sets");
        return (await Run(run, pretraining, request with { Keep = Keep.Models }, cancellation),
            ModelCard.Find(run) is { } made ? made : null);
    }

    private async Task<int> Run(string run, PipelineDefinition pipeline, BenchmarkRequest request, CancellationToken cancellation)
    {
        var resolved = Path.Combine(run, RunFiles.Pipeline);
        var started = File.Exists(resolved);
        if (started) _ = KeptPipeline.Read(resolved);
        if (started && !reader.IsSameRun(reader.Read(resolved), pipeline))
            throw new UsageException($"'{run}' was started with another pipeline (see its {RunFiles.Pipeline}). Put the old one back, "
                + "delete that folder, or give --output another folder.");
        if (RunSummary.IsDone(run, view.Warn))
        {
            view.Say("Done already.");
            return ExitCodes.Done;
        }
        var code = await runner.RunAsync(started ? reader.Read(resolved) : pipeline,
            started ? new(null, request.Device, run) : new(run, request.Device, null), cancellation);
        if (code == ExitCodes.Done) Tidy(run, request.Keep);
        return code;
    }

    private static void Tidy(string run, Keep keep)
    {
        foreach (var folder in keep switch
        {
            Keep.Everything => [],
            Keep.Models => [RunFiles.Checkpoints],
            _ =>
            (string[])[RunFiles.Checkpoints, RunFiles.Model]
        })
            if (Path.Combine(run, folder) is var path && Directory.Exists(path))
                Disk.Guard(path, () => Directory.Delete(path, recursive: true));
    }

    private int Stopped(BenchmarkFolder folder, int code)
    {
        view.Say($"Go on with the benchmark by: host benchmark --resume {folder.Path}");
        return code;
    }

    private static void Write(BenchmarkFolder folder, BenchmarkResults results)
    {
        SealedText.WriteJson(folder.Results, results);
        Disk.WriteAtomically(folder.Of("benchmark.csv"), BenchmarkCsv.Write(results));
        Disk.WriteAtomically(folder.Of("benchmark.md"), BenchmarkTables.Markdown(results));
    }

    private void Show(BenchmarkFolder folder, BenchmarkResults results)
    {
        Write(folder, results);
        foreach (var table in BenchmarkTables.All(results, everything: false)) view.Table(table);
        foreach (var sentence in BenchmarkTables.Sentences(results)) view.Result(sentence);
        view.Result($"Benchmark folder: {folder.Path} (benchmark.md, benchmark.csv, benchmark.json)");
    }
}
