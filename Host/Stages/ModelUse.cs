using PluginHost.Host.Batches;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Records;
using PluginHost.Host.Scoring;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Host.Stages;

/// <summary>A model folder loaded to predict or to be scored.</summary>
public sealed class ModelUse
{
    private readonly IComponentFactory components;
    private readonly LoadedModel loaded;

    private ModelUse(LoadedModel loaded, IComponentFactory components) => (this.loaded, this.components) = (loaded, components);

    private TaskModel Model => loaded.Model;

    private IObjective Objective => loaded.Objective;

    private ModelCard Card => loaded.Card!;

    /// <summary>Loads a Model.</summary>
    /// <inheritdoc cref="LoadedModel.Load"/>
    public static ModelUse Load(string path, string? adapter, string device, IComponentFactory components, Action<string> warn) =>
        new(LoadedModel.Load(path, adapter, device, components, warn), components);

    /// <summary>Writes the model with its adapters added to its weights.</summary>
    /// <param name="output">The folder to make, as <see cref="OutputFolder.Check"/> allowed it.</param>
    /// <param name="view">What the user sees.</param>
    /// <exception cref="UsageException">It has none.</exception>
    public int Merge(string output, IRunView view)
    {
        if (Model.Adapters is not { } adapters)
            throw new UsageException(
                $"The model '{loaded.Folder}' has no adapter to merge. Name one with --adapter, or give a run with tune: lora.");
        var count = adapters.Layers.Count;
        adapters.Merge();
        var pipeline = File.ReadAllText(Path.Combine(loaded.Folder!, RunFiles.Pipeline));
        ModelFolder.Save(output, Card.WithParts(components), Model, Objective, loaded.Tokenizer, pipeline);
        view.Result($"Adapters of {count} layers are merged into {output}");
        return ExitCodes.Done;
    }

    /// <summary>Writes a table of predictions.</summary>
    public int Predict(UseRequest request, UseOutput output, IRunView view, CancellationToken cancellation)
    {
        var job = Scoring(request, CollateMode.Predict, output, view, out _);
        var result = Predictor.Run(job, done => view.Progress("sequences predicted", done, job.Batches.Source.Count), cancellation);
        foreach (var sentence in result.Tally.Sentences(Model.MaxTokens).Concat(job.Batches.Source.LeftOut)) view.Warn(sentence);
        Judge(result.NotFinite, request, view);
        output.Write(Named(job, result.Predictions), Objective.Card.OutputNames, view);
        return ExitCodes.Done;
    }

    /// <summary>Scores labelled sequences and prints the metrics; with an output file, writes the predictions there too.</summary>
    public int Evaluate(UseRequest request, UseOutput? output, IRunView view, CancellationToken cancellation)
    {
        var job = Scoring(request, CollateMode.Evaluate, output, view, out var files);
        Objective.Check(job.Batches.Places.Select(job.Batches.Draw));
        var trainedOn = TrainingFiles.Among(loaded.Folder!, TrainingFiles.Of(files, job.Batches.Places.Select(job.Batches.Draw)));
        var specs = request.Metrics.Count > 0 ? request.Metrics : [.. Objective.Card.Metrics.Select(m => new ComponentSpec(m))];
        var metrics = new MetricFactory(specs, components, loaded.Context!);
        var result = Evaluator.Run(
            job, metrics.Create(), keepPredictions: true,
            done => view.Progress("sequences scored", done, job.Batches.Source.Count), cancellation);
        foreach (var sentence in result.Tally.Sentences(Model.MaxTokens).Concat(job.Batches.Source.LeftOut)) view.Warn(sentence);
        Judge(result.NotFinite, request, view);
        if (output is not null && result.Rows.Count == 0)
            throw new UsageException(
                "The model's objective gives no figures of single sequences, so there is no table; leave --output out.");
        output?.Write(Named(job, result.Rows), Objective.Card.OutputNames, view);
        var split = request.Split.ToString().ToLowerInvariant();
        IReadOnlyList<string> reservations = [.. TrainingFiles.Sentences(Card.Name, trainedOn),
            .. UndefinedFigures.Sentences(Card.Name, split, result.Metrics, result.Confusion)];
        if (trainedOn.Count > 0) view.Warn(reservations[0]);
        var record = new StageRecord
        {
            Name = Card.Name, Kind = "evaluate", Split = split, Mark = trainedOn.Count > 0 ? Overlap.Mark : null, Samples = result.Samples,
            Metrics = result.Metrics, Conclusions = reservations,
            Breakdowns = Breakdowns.Measure(job, result, Breakdown.Usual, () => metrics.Create(), metrics.OfEachClass),
        };
        view.Table(ResultsText.Table(record));
        foreach (var breakdown in record.Breakdowns.Where(b => b.Rows.Count <= ResultsText.MostGroupsShown))
            view.Table(ResultsText.Table(record.Name, breakdown));
        return ExitCodes.Done;
    }

    /// <summary>Rows with the files they are from, where there are several.</summary>
    private static IReadOnlyList<PredictionRow> Named(ScoringJob job, IReadOnlyList<PredictionRow> rows) =>
        job.Batches.Source is JoinedInputs inputs ? [.. rows.Select(r => r with { File = inputs.FileOf(r.Index) })] : rows;

    /// <summary>Refuses figures that are no numbers, unless they were asked for.</summary>
    private void Judge(NotFinite found, UseRequest request, IRunView view)
    {
        if (found.Sentence(Model) is not { } sentence) return;
        if (!request.AllowNan) throw new RunFailedException($"{sentence} Nothing was written; --allow-nan writes them all the same.");
        view.Warn(sentence);
    }

    private ScoringJob Scoring(UseRequest request, CollateMode mode, UseOutput? output, IRunView view, out IReadOnlyList<string> files)
    {
        var split = request.Split.ToString().ToLowerInvariant();
        List<string> read = [];
        var source = new JoinedInputs([.. request.Data.Select(data => (data.File, Open(data, request.Split, view, read)))]);
        files = read;
        output?.Refuse(files, source.Get(0, new SeededRandom(0)));
        return new ScoringJob
        {
            Model = Model,
            Compute = loaded.Compute,
            Batches = new()
            {
                Source = source, Seed = RandomStreams.Seed(Card.Seed, $"score/{split}"), Mode = mode,
                Recipe = loaded.Recipe with { BatchTokens = request.BatchTokens > 0 ? request.BatchTokens : Card.BatchTokens },
            },
        };
    }

    private ISampleSource Open(NamedData named, Split split, IRunView view, List<string> files)
    {
        var data = loaded.Context!.Writing(OptionWriting.Data).Build<IDataSource>(named.Source);
        files.AddRange(data.Files);
        var (of, name) = (named.File ?? "the data", split.ToString().ToLowerInvariant());
        var source = data.Open(split) ?? throw new DataException(
            $"There is no {name} split in {of}. Name the file of that split, or choose another with --split.");
        // What is left out stands behind the work, as a warning.
        foreach (var note in data.Notes.Except(source.LeftOut)) view.Say(note);
        return source.Count > 0 ? source
            : throw new DataException($"The {name} split of {of} is empty. Give a file with sequences.");
    }
}
