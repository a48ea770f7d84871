using System.Diagnostics;
using System.Globalization;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models;
using PluginHost.Host.Models.Adapters;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Records;
using PluginHost.Host.Scoring;
using PluginHost.Host.Training;

namespace PluginHost.Host.Stages;

/// <summary>Runs a pretrain or finetune stage: train, score what it hands on, keep a model folder.</summary>
public static class TrainStage
{
    // A stage without a dev split is scored on this many of its training samples.
    private const int TrainingSamplesScored = 512;

    /// <summary>Runs the stage, and the same from random weights where the pipeline asks for the comparison.</summary>
    public static void Run(RunSession session, StageParts parts, CancellationToken cancellation)
    {
        Train(session, parts, parts.Model, parts.Name, handsOn: true, cancellation);
        if (!parts.Definition.CompareWithScratch) return;
        if (session.Pipeline.Start is null && !session.Stages.TakeWhile(s => s != parts).Any(s => s.Trains))
        {
            session.View.Say(
                $"{parts.Name}: nothing was trained before it, so it starts from random weights itself; compareWithScratch adds nothing.");
            return;
        }
        var scratch = StagePlanner.FromScratch(parts, session.Pipeline, session.Context);
        Train(session, parts, scratch, parts.Name + RunSession.ScratchSuffix, handsOn: false, cancellation);
        session.FromScratch[parts.Name] = scratch;
    }

    private static void Train(RunSession session, StageParts parts, TaskModel model, string key, bool handsOn,
        CancellationToken cancellation)
    {
        MergeEarlierAdapters(session, model);
        model.To(session.Device);
        if (parts.Definition.Train.Lora is { } lora)
            LoraAdapters.Attach(model, lora, RandomStreams.Seed(session.Pipeline.Seed, $"initial/{parts.Name}/lora"));
        if (Reload(session, parts, model, key, handsOn)) return;
        if (handsOn) parts.Carried.Carry();
        var job = session.TrainJob(parts, model, key);
        if (!handsOn && parts.Definition.ScratchLearningRate is { } rate) job = job with { Options = job.Options.At(rate) };
        Preflight.Memory(job);
        var state = Trained(session, parts, ref job, key, cancellation, out var rates);
        var clock = Stopwatch.StartNew();
        if (handsOn) SaveAdapter(session, parts, job);
        MergeOwnAdapters(parts, model);

        var (source, split, limit) = parts.Dev is { } dev
            ? (dev, "dev", (long)parts.Definition.Train.EvaluateSamples)
            : (parts.Main, "train", TrainingSamplesScored);
        var scoring = session.Scoring(parts, model, source, split, limit);
        var result = Evaluator.Run(scoring, parts.Metrics.Create(), keepPredictions: false, null, cancellation);
        var baselines = parts.Definition.Baselines && handsOn
            ? BaselineRunner.Run(scoring, parts.Main, job.Batches(), () => parts.Metrics.Create(), session.Pipeline.Seed)
            : [];
        foreach (var sentence in state.Tally.Sentences(model.MaxTokens)) session.View.Warn($"{key}: {sentence}");

        var chosen = state.HandedOn(parts.Definition.Train);
        if (handsOn) SaveModel(session, parts, job);
        var record = new StageRecord
        {
            Name = key, Kind = parts.Kind, Seconds = state.Seconds + clock.Elapsed.TotalSeconds, Split = split, Samples = result.Samples,
            Steps = state.Step,
            Mark = split == "dev" ? session.Mark(parts) : null,
            Selection = state.BestStep >= 0
                ? new Selection(state.SelectedBy!, state.BestScore, state.SelectedBy == job.SelectBy && job.HigherIsBetter) : null,
            Metrics = result.Metrics, Baselines = baselines, Confusion = result.Confusion,
            Checkpoint = Path.GetRelativePath(session.Folder.Of(RunFiles.Checkpoints, key), job.Checkpoints.PathOf(chosen)),
            Conclusions = [.. session.Reservations(parts, key, split, result),
                .. BestModel.Sentence(job, state) is { } how ? [how] : (string[])[],
                .. BaselineVerdict.Sentences(key, result.Metrics, baselines, parts.Metrics.HigherIsBetter)],
            Notes = [.. Notes(parts, state, chosen), .. rates is null ? (string[])[] : [rates], .. state.Tally.Sentences(model.MaxTokens)],
        };
        session.Finish(key, record);
        session.View.StageFinished(ResultsText.OneLine(record));
        Show(session, record);
    }

    /// <summary>Trains, at each of the stage's learning rates where it has several; the job becomes that of the best.</summary>
    private static TrainState Trained(RunSession session, StageParts parts, ref TrainJob job, string key, CancellationToken cancellation,
        out string? rates)
    {
        rates = null;
        if (parts.Definition.LearningRates is not { Count: > 0 } several) return Trainer.Run(job, cancellation);
        var one = job;
        (job, var state, rates) = RateTrials.Run(
            [.. several.Select(r => one with
            {
                Name = $"{key}-{RateTrials.Name(r)}", Options = one.Options.At(r),
                Checkpoints = session.Checkpoints(Path.Combine(key, RateTrials.Name(r)), one.Options),
            })], cancellation);
        session.View.Say($"{key}: {rates}");
        return state;
    }

    private static bool Reload(RunSession session, StageParts parts, TaskModel model, string key, bool handsOn)
    {
        if (session.Finished(parts, key) is not { Checkpoint: { } checkpoint } record) return false;
        var folder = session.Folder.Of(RunFiles.Checkpoints, key, checkpoint);
        if (SealedFolder.Verify(folder) is { } broken)
        {
            session.Checkpoints(key, parts.Definition.Train).RequireWayBack(parts.Definition.Train.KeepBest);
            session.View.Warn($"Stage '{key}' was done, but its checkpoint {folder} is broken ({broken}); it is trained again, "
                + "and so is what came after it.");
            session.Forget(parts, key);
            return false;
        }
        Weights.Load(Path.Combine(folder, CheckpointStore.WeightsFile), model);
        if (handsOn) RestoreAdapter(session, parts, model);
        MergeOwnAdapters(parts, model);
        if (handsOn) RestoreModel(session, parts, model);
        session.Add(record);
        session.View.Say($"{key}: done before; going on with its weights.");
        Show(session, record);
        return true;
    }

    /// <summary>Writes the adapter again, where the one that the stage left is no longer whole.</summary>
    private static void RestoreAdapter(RunSession session, StageParts parts, TaskModel model)
    {
        var folder = session.Folder.Of(ModelCard.AdapterName);
        if (model.Adapters is null || session.Stages.Last(s => s.Trains && s.Model.Adapters is not null) != parts
            || SealedFolder.Verify(folder) is not { } broken) return;
        session.View.Warn($"The adapter folder {folder} is broken ({broken}); it is written again from the checkpoint.");
        SaveAdapter(session, parts, session.TrainJob(parts, model, parts.Name));
    }

    /// <summary>Writes the model of the run again, where the one that its last training stage left is no longer whole.</summary>
    private static void RestoreModel(RunSession session, StageParts parts, TaskModel model)
    {
        var folder = session.Folder.Of(RunFiles.Model);
        if (session.Stages.Last(s => s.Trains) != parts || SealedFolder.Verify(folder) is not { } broken) return;
        session.View.Warn($"The model folder {folder} is broken ({broken}); it is written again from the checkpoint.");
        SaveModel(session, parts, session.TrainJob(parts, model, parts.Name));
    }

    private static void Show(RunSession session, StageRecord record)
    {
        session.Conclusions.AddRange(record.Conclusions);
        if (record.Baselines.Count > 0) session.View.Table(ResultsText.Table(record));
    }

    /// <summary>Stages share a backbone: what an earlier one adapted becomes part of the weights that this one starts from.</summary>
    private static void MergeEarlierAdapters(RunSession session, TaskModel model)
    {
        foreach (var earlier in session.Stages.Select(s => s.Model).Distinct())
            if (earlier != model && ReferenceEquals(earlier.Backbone, model.Backbone)) earlier.Adapters?.Merge();
    }

    private static void MergeOwnAdapters(StageParts parts, TaskModel model)
    {
        if (parts.Definition.Train.Lora is { Merge: true }) model.Adapters?.Merge();
    }

    private static void SaveAdapter(RunSession session, StageParts parts, TrainJob job)
    {
        session.Folder.RequireThere();
        if (job.Model.Adapters is not null)
            ModelFolder.SaveAdapter(session.Folder.Of(ModelCard.AdapterName), Card(session, parts, job), job.Model,
                session.Pipeline.ResolvedYaml);
    }

    private static void SaveModel(RunSession session, StageParts parts, TrainJob job)
    {
        session.Folder.RequireThere();
        ModelFolder.Save(session.Folder.Of(RunFiles.Model), Card(session, parts, job), job.Model, parts.Objective,
            session.Context.Tokenizer, session.Pipeline.ResolvedYaml);
    }

    private static ModelCard Card(RunSession session, StageParts parts, TrainJob job) => new ModelCard
    {
        Name = session.Pipeline.Name, Stage = parts.Name, Seed = session.Pipeline.Seed, Tokenizer = session.Pipeline.Tokenizer,
        Architecture = session.Pipeline.Architecture, Objective = parts.ObjectiveSpec, Heads = parts.HeadSpecs,
        Precision = job.Compute.UsesBf16 ? Precision.Bf16 : Precision.Fp32,
        BatchTokens = job.Options.BatchTokens, BatchSize = job.Options.BatchSize, TooLong = job.Options.TooLong,
        Plugins = session.Folder.Recorded("plugins")?.DeepClone(),
    }.WithParts(session.Components);

    private static IEnumerable<string> Notes(StageParts parts, TrainState state, long chosen)
    {
        foreach (var note in parts.Data.Notes.Concat(parts.Carried.Notes).Concat(parts.Decided).Concat(parts.Odd)) yield return note;
        yield return string.Create(CultureInfo.InvariantCulture, $"{state.Step:N0} steps, {state.Epoch:0.##} epochs, {state.RealTokens:N0} "
            + $"tokens, {100.0 * (1 - (double)state.RealTokens / Math.Max(1, state.Tokens)):0.0} % padding.");
        var all = parts.Model.Parameters().Sum(p => p.Parameter.NumberOfElements);
        if (parts.Definition.Train.Tune != Tune.Full)
            yield return string.Create(CultureInfo.InvariantCulture, $"tune: {parts.Definition.Train.Tune.ToString().ToLowerInvariant()} "
                + $"trained {state.TrainedWeights:N0} weights; the model has {all:N0}.");
        if (chosen != state.Step)
            yield return FormattableString.Invariant(
                $"The weights of step {chosen:N0} were best on dev ({state.SelectedBy} {state.BestScore:0.0000}) and are handed on.");
    }
}
