using PluginHost.Host.Batches;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models;
using PluginHost.Host.Models.Adapters;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Plugins;
using PluginHost.Host.Records;
using PluginHost.Host.Scoring;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Stages;

/// <summary>A model folder loaded to predict or to be scored.</summary>
public sealed class ModelUse
{
    private readonly IComponentFactory components;
    private readonly PipelineBuildContext context;
    private readonly ModelCard card;
    private readonly IObjective objective;
    private readonly TaskModel model;
    private readonly Compute compute;

    private readonly string folder;

    private ModelUse(string folder, string? adapter, string deviceName, IComponentFactory components)
    {
        (this.components, this.folder) = (components, folder);
        card = Card(folder, adapter);
        var device = Compute.Select(deviceName);
        compute = Compute.For(device, card.Precision);
        context = new PipelineBuildContext(components, card.Tokenizer, card.Architecture, PathSearch.WorkingDirectory, folder);
        objective = context.Build<IObjective>(card.Objective);
        model = new TaskModel(context.Backbone, card.Heads.ToDictionary(h => h.Key, h => context.Build<Head>(h.Value)), card.Heads);
        var own = Path.Combine(folder, ModelCard.AdapterName);
        // Heads come with the adapter: the base may have others, or none.
        Weights.Load(Path.Combine(folder, ModelCard.WeightsName), model, except: adapter is null ? [] : [.. model.HeadState().Select(h => h.Name)]);
        if (adapter is not null || AdapterFolder.IsAt(own)) AdapterFolder.Load(adapter ?? own, model);
        model.To(device);
    }

    /// <summary>Loads a model.</summary>
    /// <param name="path">A model folder, or a run folder that holds one.</param>
    /// <param name="adapter">A folder with low-rank adapters to put on it in place of its own; null for its own, if any.</param>
    /// <param name="device"><c>auto</c>, <c>cpu</c> or <c>cuda:N</c>.</param>
    /// <param name="components">Builds components.</param>
    /// <exception cref="DataException">There is no model, or its files are broken.</exception>
    public static ModelUse Load(string path, string? adapter, string device, IComponentFactory components)
    {
        var folder = ModelCard.Find(path);
        if (SealedFolder.Verify(folder) is { } broken)
            throw new DataException($"The model folder '{folder}' is not whole: {broken}. Copy it again from the run that made it.");
        return new ModelUse(folder, adapter, device, components);
    }

    /// <summary>Writes the model with its adapters added to its weights.</summary>
    /// <exception cref="UsageException">It has none, or the folder is there already.</exception>
    public int Merge(string output, IRunView view)
    {
        if (model.Adapters is not { } adapters)
            throw new UsageException($"The model '{folder}' has no adapter to merge. Name one with --adapter, or give a run with tune: lora.");
        if (File.Exists(output) || Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any())
            throw new UsageException($"'{output}' exists already; give --output a folder that does not exist yet.");
        var count = adapters.Layers.Count;
        adapters.Merge();
        ModelFolder.Save(Path.GetFullPath(output), card, model, objective, context.Tokenizer, File.ReadAllText(Path.Combine(folder, RunFiles.Pipeline)));
        view.Result($"Adapters of {count} layers are merged into {Path.GetFullPath(output)}");
        return ExitCodes.Done;
    }

    /// <summary>Writes a table of predictions.</summary>
    public int Predict(UseRequest request, IRunView view, CancellationToken cancellation)
    {
        var job = Scoring(request, CollateMode.Predict);
        var result = Predictor.Run(job, done => view.Progress("sequences predicted", done, job.Batches.Source.Count), cancellation);
        foreach (var sentence in result.Tally.Sentences(model.MaxTokens)) view.Warn(sentence);
        Write(request.Output, view, writer => PredictionRow.Write(writer, result.Predictions, objective.Card.OutputNames));
        return ExitCodes.Done;
    }

    /// <summary>Scores labelled sequences and prints the metrics; with an output file, writes the predictions there too.</summary>
    public int Evaluate(UseRequest request, IRunView view, CancellationToken cancellation)
    {
        var job = Scoring(request, CollateMode.Evaluate);
        var specs = request.Metrics.Count > 0 ? request.Metrics : [.. objective.Card.Metrics.Select(m => new ComponentSpec(m))];
        var metrics = new MetricFactory(specs, components, context);
        var result = Evaluator.Run(
            job, metrics.Create(), keepPredictions: true,
            done => view.Progress("sequences scored", done, job.Batches.Source.Count), cancellation);
        foreach (var sentence in result.Tally.Sentences(model.MaxTokens)) view.Warn(sentence);
        if (request.Output is not null) Write(request.Output, view, writer => PredictionRow.Write(writer, result.Predictions, objective.Card.OutputNames));
        var record = new StageRecord
        {
            Name = card.Name, Kind = "evaluate", Split = request.Split.ToString().ToLowerInvariant(), Samples = result.Samples, Metrics = result.Metrics,
            Breakdowns = Breakdowns.Measure(job, result, Breakdown.Usual, () => metrics.Create(), metrics.OfEachClass),
        };
        view.Table(ResultsText.Table(record));
        foreach (var breakdown in record.Breakdowns.Where(b => b.Rows.Count <= ResultsText.MostGroupsShown)) view.Table(ResultsText.Table(record.Name, breakdown));
        return ExitCodes.Done;
    }

    /// <summary>What the model is; its task is the adapter's, where one is given that says it.</summary>
    private static ModelCard Card(string folder, string? adapter)
    {
        var own = ModelCard.Read(folder);
        if (adapter is null) return own;
        if (!AdapterFolder.IsAt(adapter)) throw AdapterFolder.Missing(adapter);
        if (!File.Exists(Path.Combine(adapter, ModelCard.FileName))) return own;
        if (SealedFolder.Verify(adapter) is { } broken)
            throw new DataException($"The adapter '{adapter}' is not whole: {broken}. Copy it again from the run that made it.");
        return ModelCard.Read(adapter) with { Tokenizer = own.Tokenizer, Architecture = own.Architecture };
    }

    private ScoringJob Scoring(UseRequest request, CollateMode mode)
    {
        var split = request.Split.ToString().ToLowerInvariant();
        var data = context.Build<IDataSource>(request.Data);
        var source = data.Open(request.Split) ?? throw new DataException($"The data has no {split} split. Name the file of that split, or choose another with --split.");
        if (source.Count == 0) throw new DataException($"The {split} split of the data is empty. Give a file with sequences.");
        return new ScoringJob
        {
            Model = model,
            Compute = compute,
            Batches = new()
            {
                Source = source, Seed = RandomStreams.Seed(card.Seed, $"score/{split}"), Mode = mode,
                Recipe = new()
                {
                    Tokenizer = context.Tokenizer, Objective = objective, MaxTokens = model.MaxTokens, TooLong = card.TooLong,
                    BatchTokens = request.BatchTokens > 0 ? request.BatchTokens : card.BatchTokens, BatchSize = card.BatchSize,
                },
            },
        };
    }

    private static void Write(string? file, IRunView view, Action<TextWriter> write)
    {
        if (file is null)
        {
            using var text = new StringWriter();
            write(text);
            foreach (var line in text.ToString().TrimEnd('\n').Split('\n')) view.Result(line);
            return;
        }
        Disk.WriteAtomically(file, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            write(writer);
        });
        view.Say($"Predictions: {Path.GetFullPath(file)}");
    }
}
