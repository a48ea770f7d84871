using PluginHost.Host.Batches;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models;
using PluginHost.Host.Models.Adapters;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Training;
using PluginHost.Host.Training.Observers;
using PluginHost.Host.Training.Tuning;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Stages;

using static TorchSharp.torch;

/// <summary>Wires a pipeline and pushes one batch through every stage, forward and backward; writes nothing.</summary>
public static class PipelineCheck
{
    private const int MostNamed = 6;

    /// <summary>Checks a pipeline and prints a table of what its stages would do.</summary>
    /// <returns>0.</returns>
    /// <exception cref="DataException">A stage scores nothing but what the model was trained on.</exception>
    public static int Run(PipelineDefinition pipeline, IComponentFactory components, Device device, IRunView view,
        CancellationToken cancellation)
    {
        using var models = new OpenedModels(components, device.ToString(), view.Warn);
        var context = new PipelineBuildContext(components, pipeline, models: models);
        var stages = new StagePlanner(pipeline, components, context).Plan();
        foreach (var (_, observer) in RunObservers.Build(pipeline.Observers, context)) (observer as IDisposable)?.Dispose();
        var soundness = Soundness.Of(pipeline, context, stages, cancellation);
        foreach (var lost in Preflight.ReadRows(stages, context.Tokenizer, context.Backbone.Shape.MaxTokens ?? int.MaxValue, cancellation))
            view.Warn(lost);
        soundness.Tell(stages, view);
        foreach (var (stage, names) in ContractTrial.Run(stages, context.Tokenizer, device, cancellation))
            if (names.Count > 0) view.Say($"{stage}: {Unreached(names)}");
        Preflight.TryMetrics(stages, context.Tokenizer, device, cancellation);
        Preflight.TryTools(stages, pipeline, context, device);
        foreach (var note in stages.SelectMany(s => s.Data.Notes).Concat(context.Backbone.Notes).Distinct()) view.Say(note);
        foreach (var note in stages.SelectMany(s => s.HeadNotes)) view.Say(note);
        var table = new ResultTable($"{pipeline.Name}: one batch through every stage on {device}",
            ["stage", "samples", "steps", "trained weights", "batch", "padding", "loss", "memory"]);
        foreach (var parts in stages)
        {
            cancellation.ThrowIfCancellationRequested();
            if (parts.Trains) table.Add(Train(parts, pipeline, context, device));
            else table.Add(parts.Name, parts.Tool is null ? parts.Main.Count.ToString("N0") : "", "", "", "", "", "", "");
        }
        view.Table(table);
        if (!soundness.IsSound)
            throw new DataException($"The pipeline is not sound: {string.Join(" ", soundness.Overlaps.Where(o => o.Value.IsTotal)
                .Select(o => o.Value.Sentence(o.Key)))} {Soundness.Remedy}");
        view.Result("The pipeline is sound.");
        return ExitCodes.Done;
    }

    /// <summary>For the author of an architecture; a pooler that no head reads is no mistake.</summary>
    private static string Unreached(IReadOnlyList<string> names) => $"the loss of the first samples does not reach "
        + $"{Wording.Counted(names.Count, "weight")}: {string.Join(", ", names.Take(MostNamed))}"
        + (names.Count > MostNamed ? ", ..." : "") + ".";

    private static string[] Train(StageParts parts, PipelineDefinition pipeline, PipelineBuildContext context, Device device)
    {
        var options = parts.Definition.Train;
        var compute = Compute.For(device, options.Precision);
        var recipe = BatchRecipe.Of(context.Tokenizer, parts.Objective, parts.Model.MaxTokens, options);
        var feed = TrainingBatches.Of(parts.Main, recipe, pipeline.Seed, parts.Name);
        var length = TrainLength.Of(options, feed.Plan, parts.Dev is not null);
        if (options.Lora is { } lora) LoraAdapters.Attach(parts.Model, lora, pipeline.Seed);
        using var scope = NewDisposeScope();
        using var prepared = feed.First();
        var memory = MemoryEstimate.Of(parts.Model, prepared.Batch, options, compute, context.Tokenizer.Vocabulary.Count);
        Preflight.Memory(memory, parts.Name, compute);
        parts.Model.To(device);
        var tuning = TuningPlan.Of(parts.Model, options);
        using var optimizer = new Optimizer(parts.Optimizer, tuning.Trained, options);
        LearningRate.At(parts.Schedule, options, 0, length.Steps);
        parts.Model.Train(true);
        manual_seed(0);
        var batch = compute.Place(prepared.Batch);
        Tensor loss;
        using (compute.Autocast()) loss = new FirstBatch(parts.Model, recipe).Loss(batch, TargetCounts.Sum([prepared.Batch]));
        loss.backward();
        var value = loss.item<float>();
        var trained = tuning.TrainedNumbers;
        tuning.Dispose();
        parts.Model.Adapters?.Missed();
        foreach (var (_, parameter) in parts.Model.Parameters()) parameter.grad = null;
        parts.Model.Adapters?.Remove();
        if (!float.IsFinite(value))
            throw new RunFailedException($"Stage '{parts.Name}': the loss of the first batch is {value}. Use precision: fp32, or look for "
                + "values out of range in the data.");
        var shape = string.Join(" x ", prepared.Batch.Columns.First().AxisNames.Select(axis => prepared.Batch.Axis(axis)));
        return [
            parts.Name, parts.Main.Count.ToString("N0"), length.Steps.ToString("N0"), trained.ToString("N0"),
            shape, FormattableString.Invariant(
                $"{100.0 * (1 - (double)prepared.Batch.RealTokens / Math.Max(1, prepared.Batch.Tokens)):0.0} %"),
            FormattableString.Invariant($"{value:0.0000}"), Disk.Size(memory.Total)];
    }
}
