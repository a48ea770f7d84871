using System.Globalization;
using PluginHost.Host.Batches;
using PluginHost.Host.Foundation;
using PluginHost.Host.Training.Tuning;

namespace PluginHost.Host.Training;

using static TorchSharp.torch;

/// <summary>The training loop: top to bottom, without callbacks.</summary>
public static class Trainer
{
    /// <summary>Trains a stage to its end, from its newest checkpoint if it has one.</summary>
    /// <returns>The final state; the model holds the weights the stage hands on.</returns>
    /// <exception cref="OperationCanceledException">Cancelled: a checkpoint of the last whole step is on the disk.</exception>
    /// <exception cref="RunFailedException">The loss is not a number.</exception>
    /// <exception cref="DataException">The weights to be handed on are broken on the disk.</exception>
    /// <exception cref="ResourceException">The run folder is gone or not writable.</exception>
    public static TrainState Run(TrainJob job, CancellationToken cancellation)
    {
        var (options, model, view) = (job.Options, job.Model, job.View);
        var training = job.Batches();
        var length = TrainLength.Of(options, training.Plan, job.ScoreDev is not null);
        using var tuning = Tune(job, training);
        using var optimizer = new Optimizer(job.Optimizer, tuning.Trained, options);
        var state = job.Checkpoints.Restore(model, optimizer, options.KeepBest, view.Warn) ?? new TrainState { Logs = job.LogStart };
        job.Folder.CutLogs(state.Logs, view.Warn);
        view.StageStarted(job.Name, length.Steps);
        job.Observers.StageStarted(job.Name);

        var batches = training.Plan.From(state.Position).Take((int)Math.Min(int.MaxValue, (length.Steps - state.Step) * options.Accumulate))
            .Select((planned, i) => (planned, Progress: (state.Step + i / options.Accumulate) / (double)length.Steps));
        using var feed = new BatchFeed<(PlannedBatch Planned, double Progress), PreparedBatch>(
            batches, next => job.Compute.Pinned(training.Make(next.Planned, next.Progress)), job.Recipe.Workers);
        using var losses = new LossReader(job, state, length.Steps);
        var first = new FirstBatch(model, job.Recipe, learns: options.Tune != Pipelines.Settings.Tune.Gradual);
        // What is in memory alone is saved when the user asks to stop, however long a step or a checkpoint takes.
        using var unsaved = UnsavedWork.Begin();
        var pace = new Pace(state, length.Steps);
        var seed = RandomStreams.Seed(job.Seed, $"{job.Stream}/steps");

        while (true)
        {
            // Evaluate, choose the best weights, checkpoint. A cancelled evaluation is done again on resume.
            if (job.ScoreDev is not null && length.EvaluateAfter(state.Step) && state.EvaluatedStep != state.Step)
            {
                losses.Read();
                try { Evaluate(job, state, cancellation); }
                catch (OperationCanceledException) { Save(job, state, optimizer, losses, pace); throw; }
                Save(job, state, optimizer, losses, pace);
                pace.Resume();
            }
            if (state.Step >= length.Steps || (options.Patience > 0 && state.Stale >= options.Patience)) break;
            if (cancellation.IsCancellationRequested)
            {
                Save(job, state, optimizer, losses, pace);
                throw new OperationCanceledException(cancellation);
            }

            // All micro-batches of the step come first: their target counts together are the loss's denominators.
            if (tuning.Apply(state.Step, length.Steps, state.Epoch) is { } thawed) view.Say($"{job.Name}: {thawed}");
            var rate = LearningRate.At(job.Schedule, options, state.Step, length.Steps);
            var micro = Enumerable.Range(0, options.Accumulate).Select(_ => feed.Next()!).ToList();
            var targets = TargetCounts.Sum(micro.Select(m => m.Batch));

            // Dropout draws from the step's own seed, so what happened before, evaluations included, cannot shift it.
            manual_seed(RandomStreams.Torch(seed, state.Step));
            model.Train(true);
            foreach (var prepared in micro)
            {
                using var scope = NewDisposeScope();
                using var _ = prepared;
                var batch = job.Compute.Place(prepared.Batch);
                Tensor loss;
                // What autograd did not keep is freed before the backward pass asks for more.
                using (NewDisposeScope())
                using (job.Compute.Autocast())
                    loss = first.Loss(batch, targets).MoveToOuterDisposeScope();
                loss.backward();
                first.Reached();
                losses.Add(loss.detach());
                state.Tally = state.Tally.Plus(prepared.Counted);
                state.RealTokens += prepared.Batch.RealTokens;
                state.Tokens += prepared.Batch.Tokens;
            }
            losses.EndStep(optimizer.Step(rate));
            state.Step++;
            state.Position = micro[^1].Plan.Next;
            state.Epoch = micro[^1].Plan.Position.Epoch + micro[^1].Plan.EpochShare;

            if (state.Step % options.LogEvery == 0 || state.Step == length.Steps) Log(job, losses, rate, pace);
            view.Step(pace.Report(losses.Latest, rate));
            if (length.CheckpointAfter(state.Step) && !(job.ScoreDev is not null && length.EvaluateAfter(state.Step)))
                Save(job, state, optimizer, losses, pace);
        }

        if (state.Step < length.Steps)
            view.Say($"{job.Name}: stopped after step {state.Step:N0}: {state.Stale} evaluations without a better "
                + $"{state.SelectedBy}.");
        if (options.KeepBest && state.BestStep >= 0 && state.BestStep != state.Step) job.Checkpoints.LoadWeights(state.BestStep, model);
        state.Seconds = pace.Seconds;
        state.TrainedWeights = tuning.TrainedNumbers;
        return state;
    }

    /// <summary>
    /// Decides which weights are trained; where that goes by layers, or by layers that are run, one batch tells which the loss reaches.
    /// </summary>
    private static TuningPlan Tune(TrainJob job, TrainingBatches training)
    {
        if (!job.Options.GoesByLayers && job.Model.Adapters is null) return TuningPlan.Of(job.Model, job.Options);
        var reached = ReachedWeights.Of(job, training);
        if (job.Model.Adapters?.Missed() is { } missed) job.View.Warn($"{job.Name}: {missed}");
        return TuningPlan.Of(job.Model, job.Options, reached);
    }

    private static void Evaluate(TrainJob job, TrainState state, CancellationToken cancellation)
    {
        var result = job.ScoreDev!(cancellation);
        state.EvaluatedStep = state.Step;
        var better = BestModel.Judge(job, state, result);
        job.Folder.Metrics.Add(new
        {
            stage = job.Name, step = state.Step, epoch = state.Epoch, split = "dev", samples = result.Samples,
            metrics = result.Metrics
        });
        job.Observers.CatchUp();
        job.View.Say($"{job.Name}: step {state.Step:N0}, dev "
            + string.Join(", ", result.Metrics.Select(m => double.IsNaN(m.Value) ? $"{m.Key} -"
                : string.Create(CultureInfo.InvariantCulture, $"{m.Key} {m.Value:0.0000}")))
            + (!better ? "" : state.SelectedBy == job.SelectBy ? " (best so far)" : $" (best {state.SelectedBy} so far)"));
    }

    private static void Log(TrainJob job, LossReader losses, double rate, Pace pace)
    {
        losses.Log(rate, pace);
        job.Observers.CatchUp();
    }

    private static void Save(TrainJob job, TrainState state, Optimizer optimizer, LossReader losses, Pace pace)
    {
        losses.Read();
        state.Logs = job.Folder.SyncLogs();
        state.Seconds = pace.Seconds;
        job.Checkpoints.Save(state, job.Model, optimizer);
    }
}
