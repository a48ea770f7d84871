using PluginHost.Host.Batches;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Plugins;
using PluginHost.Host.Records;
using PluginHost.Host.Scoring;
using PluginHost.Host.Training;
using PluginHost.Host.Training.Observers;

namespace PluginHost.Host.Stages;

using static TorchSharp.torch;

/// <summary>What the stages of one run share.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Components">Builds components.</param>
/// <param name="Context">The pipeline's tokenizer and backbone.</param>
/// <param name="Stages">In order.</param>
/// <param name="Folder">The run folder.</param>
/// <param name="Device">Where models live.</param>
/// <param name="View">What the user sees.</param>
public sealed record RunSession(
    PipelineDefinition Pipeline, IComponentFactory Components, PipelineBuildContext Context, IReadOnlyList<StageParts> Stages,
    RunFolder Folder, Device Device, IRunView View)
{
    /// <summary>Are told what is logged.</summary>
    public RunObservers Observers { get; init; } = RunObservers.None;

    /// <summary>What the data allows the figures to say.</summary>
    public Soundness Soundness { get; init; } = Soundness.Whole;

    /// <summary>What stands beside the split of a stage's figures; null where its samples are held out.</summary>
    public string? Mark(StageParts parts) =>
        Soundness.Overlaps.TryGetValue(parts.Name, out var overlap) && overlap.IsTotal ? Overlap.Mark : null;

    /// <summary>What must be said of a stage's figures, as sentences: samples that were trained on, figures that are undefined.</summary>
    public IEnumerable<string> Reservations(StageParts parts, string key, string split, EvaluationResult result)
    {
        if (Soundness.Overlaps.TryGetValue(parts.Name, out var overlap)) yield return overlap.Sentence(key);
        foreach (var sentence in UndefinedFigures.Sentences(key, split, result.Metrics, result.Confusion)) yield return sentence;
    }

    /// <summary>Records of finished stages, in order.</summary>
    public List<StageRecord> Records { get; } = [];

    /// <summary>What the figures mean, in sentences.</summary>
    public List<string> Conclusions { get; } = [];

    /// <summary>Models trained from random weights, by the stage they were trained in.</summary>
    public Dictionary<string, TaskModel> FromScratch { get; } = [];

    /// <summary>
    /// The record of a stage that an earlier attempt finished, or null. One that is damaged, or missing although later stages left
    /// something, is told of: the stage is done again, and so is what came after it.
    /// </summary>
    /// <param name="parts">The stage.</param>
    /// <param name="key">Its name, or that of its comparison.</param>
    public StageRecord? Finished(StageParts parts, string key)
    {
        if (!Folder.IsResumed) return null;
        var reading = StageRecord.Load(RecordPath(key));
        if (reading.Content is { } record)
        {
            Folder.CheckLogs(record.Logs, View.Warn);
            return record;
        }
        var isThere = File.Exists(RecordPath(key));
        if (!isThere && !Later(parts, key).Any(HasLeft)) return null;
        View.Warn($"'{RecordPath(key)}' is damaged ({reading.Damage}); stage '{key}' goes on from its last checkpoint, if it has one, and "
            + "what came after it is done again.");
        Forget(parts, key);
        return null;
    }

    /// <summary>Keeps the record of a stage that is done.</summary>
    public void Finish(string key, StageRecord record)
    {
        record = record with { Logs = Folder.SyncLogs() };
        record.Save(RecordPath(key));
        Add(record);
    }

    /// <summary>Keeps a record whose files were written again, as what it was otherwise.</summary>
    public void Replace(string key, StageRecord record)
    {
        Folder.RequireThere();
        record.Save(RecordPath(key));
    }

    /// <summary>Takes in the record of a stage that is done, now or by an earlier attempt.</summary>
    public void Add(StageRecord record)
    {
        Records.Add(record);
        Observers.StageEnded(record);
    }

    /// <summary>Cuts the logs back to where the stage before ended.</summary>
    public void RewindLogs() => Folder.CutLogs(LogStart, View.Warn);

    private LogPlace LogStart => Records.LastOrDefault()?.Logs ?? LogPlace.Start;

    /// <summary>What the key of a comparison ends in.</summary>
    public const string ScratchSuffix = "-from-random-weights";

    /// <summary>
    /// Forgets a finished stage whose weights are gone, and all that came after it: their logs begin where this one's end.
    /// </summary>
    /// <param name="parts">The stage.</param>
    /// <param name="key">Its name, or that of its comparison.</param>
    public void Forget(StageParts parts, string key)
    {
        File.Delete(RecordPath(key));
        foreach (var name in Later(parts, key))
        {
            File.Delete(RecordPath(name));
            var checkpoints = Folder.Of(RunFiles.Checkpoints, name);
            if (Directory.Exists(checkpoints)) Directory.Delete(checkpoints, recursive: true);
        }
    }

    /// <summary>Names of what comes after a stage, or after its comparison.</summary>
    private IEnumerable<string> Later(StageParts parts, string key)
    {
        IEnumerable<string> later = Stages.SkipWhile(s => s != parts).Skip(1).SelectMany(s => (string[])[s.Name, s.Name + ScratchSuffix]);
        return key == parts.Name ? later.Prepend(parts.Name + ScratchSuffix) : later;
    }

    private bool HasLeft(string key) => File.Exists(RecordPath(key)) || Directory.Exists(Folder.Of(RunFiles.Checkpoints, key));

    /// <summary>The checkpoints of a stage.</summary>
    public CheckpointStore Checkpoints(string key, TrainOptions options) =>
        new(Folder.Of(RunFiles.Checkpoints, key), options.KeepCheckpoints);

    /// <summary>Training of a stage with a model.</summary>
    /// <param name="parts">The stage.</param>
    /// <param name="model">Its model, or the one it is compared with.</param>
    /// <param name="key">Name in logs and folders.</param>
    public TrainJob TrainJob(StageParts parts, TaskModel model, string key) => new()
    {
        Name = key, Stream = parts.Name, Seed = Pipeline.Seed, Options = parts.Definition.Train, Model = model,
        Recipe = Recipe(parts, model), Train = parts.Main,
        Optimizer = parts.Optimizer, Schedule = parts.Schedule, Observers = Observers,
        ScoreDev = parts.Dev is { } dev ? cancellation => ScoreDev(parts, model, dev, cancellation) : null,
        SelectBy = parts.SelectBy, Blind = Soundness.Blind.GetValueOrDefault(parts.Name),
        HigherIsBetter = parts.Metrics.HigherIsBetter(parts.SelectBy),
        Compute = Compute.For(Device, parts.Definition.Train.Precision),
        Folder = Folder, LogStart = LogStart,
        Checkpoints = Checkpoints(key, parts.Definition.Train), View = View,
    };

    /// <summary>Scoring of a split, always with the same draws.</summary>
    /// <param name="parts">The stage; one that does not train is batched as the stage it uses.</param>
    /// <param name="model">Its model, or the one it is compared with.</param>
    /// <param name="source">The split.</param>
    /// <param name="split">Its name, for the random stream.</param>
    /// <param name="limit">Most samples; 0 means all.</param>
    /// <param name="mode">Whether labels are asked for.</param>
    public ScoringJob Scoring(
        StageParts parts, TaskModel model, ISampleSource source, string split, long limit = 0,
            CollateMode mode = CollateMode.Evaluate) => new()
            {
                Model = model,
                Compute = Compute.For(Device, parts.Source.Definition.Train.Precision),
                Batches = new()
                {
                    Source = source, Recipe = Recipe(parts, model), Seed = RandomStreams.Seed(Pipeline.Seed, $"score/{split}"),
                    Limit = limit, Mode = mode
                },
            };

    /// <summary>The training batches of a stage, from the start.</summary>
    public TrainingBatches TrainingBatches(StageParts parts) =>
        Batches.TrainingBatches.Of(parts.Main, Recipe(parts, parts.Model), Pipeline.Seed, parts.Name);

    /// <summary>The model of a training stage, or the one a stage uses, as tools see it.</summary>
    public LoadedModel Loaded(StageParts parts) => Loaded(parts, Pipeline, Context, Device, View.Warn);

    /// <summary>The same before there is a run folder.</summary>
    public static LoadedModel Loaded(StageParts parts, PipelineDefinition pipeline, PipelineBuildContext context, Device device,
        Action<string>? warn)
    {
        parts.Model.Train(false);
        return new()
        {
            Title = $"{pipeline.Name}/{parts.Source.Name}", Context = context, Model = parts.Model, Seed = pipeline.Seed, Warn = warn,
            Compute = Compute.For(device, parts.Source.Definition.Train.Precision), Recipe = Recipe(context, parts, parts.Model),
        };
    }

    private BatchRecipe Recipe(StageParts parts, TaskModel model) => Recipe(Context, parts, model);

    private static BatchRecipe Recipe(PipelineBuildContext context, StageParts parts, TaskModel model) =>
        BatchRecipe.Of(context.Tokenizer, parts.Objective, model.MaxTokens, parts.Source.Definition.Train);

    private DevScore ScoreDev(StageParts parts, TaskModel model, ISampleSource dev, CancellationToken cancellation)
    {
        var job = Scoring(parts, model, dev, "dev", parts.Definition.Train.EvaluateSamples);
        var result = Evaluator.Run(
            job, parts.Metrics.Create(parts.SelectBy), keepPredictions: false, done =>
                View.Progress("dev sequences scored", done, job.Batches.Count), cancellation);
        return new DevScore(result.Samples, result.Metrics) { Loss = result.Loss, Why = UndefinedFigures.Why("dev", result.Confusion) };
    }

    private string RecordPath(string key) => Folder.Of(RunFiles.Stages, key + ".json");
}
