using PluginHost.Host.Batches;
using PluginHost.Host.Batches.Contracts;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Records;
using PluginHost.Host.Scoring;
using PluginHost.Host.Training;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Stages;

using static TorchSharp.torch;

/// <summary>Looks for what would stop a run hours later: rows that cannot be collated, too little memory, too little disk.</summary>
public static class Preflight
{
    // Enough for every labelled set of the usual benchmarks, and a second or two of work at most.
    private const long RowsRead = 20_000;
    private const int RowsAtOnce = 256;

    /// <summary>
    /// Shows every row of finetune and evaluate stages to their objectives, so that an unknown label comes out before training wherever it
    /// stands, and with all others.
    /// </summary>
    /// <exception cref="DataException">A row lacks what scoring needs.</exception>
    public static void CheckLabels(IReadOnlyList<StageParts> stages, CancellationToken cancellation)
    {
        foreach (var parts in stages.Where(s => s.Definition.Kind is StageKind.Finetune or StageKind.Evaluate))
            foreach (var source in (ISampleSource?[])[parts.Main, parts.Dev])
                if (source is not null) parts.Objective.Check(Rows(source, cancellation));
    }

    private static IEnumerable<Sample> Rows(ISampleSource source, CancellationToken cancellation)
    {
        for (var i = 0L; i < source.Count; i++)
        {
            if (i % RowsAtOnce == 0) cancellation.ThrowIfCancellationRequested();
            yield return SourceContract.Get(source, i, new SeededRandom(0, (ulong)i));
        }
    }

    /// <summary>Why the figure that a finetune stage selects by can never choose a model on its dev split, by stage; see
    /// <see cref="DecidingFigure"/>.</summary>
    public static IReadOnlyDictionary<string, string> Blind(IReadOnlyList<StageParts> stages, ITokenizer tokenizer, ulong seed,
        CancellationToken cancellation)
    {
        var found = new Dictionary<string, string>();
        foreach (var parts in stages.Where(s => s.Definition.Kind == StageKind.Finetune))
        {
            if (parts.Dev is not { } dev || parts.Metrics.One(parts.SelectBy) is null) continue;
            var options = parts.Definition.Train;
            var batches = new ScoringBatches
            {
                Source = dev, Recipe = BatchRecipe.Of(tokenizer, parts.Objective, parts.Model.MaxTokens, options),
                Seed = RandomStreams.Seed(seed, "score/dev"), Limit = options.EvaluateSamples,
            };
            if (DecidingFigure.Blind(() => parts.Metrics.One(parts.SelectBy)!, batches, cancellation) is { } why) found[parts.Name] = why;
        }
        return found;
    }

    /// <summary>
    /// Collates the labelled rows of finetune and evaluate stages once, so that an unknown label or a bad row comes out before training.
    /// </summary>
    /// <returns>What encoding the rows of each stage loses, in sentences.</returns>
    /// <exception cref="DataException">A row cannot be used.</exception>
    public static IReadOnlyList<string> ReadRows(IReadOnlyList<StageParts> stages, ITokenizer tokenizer, int maxTokens,
        CancellationToken cancellation)
    {
        List<string> lost = [];
        foreach (var parts in stages.Where(s => s.Tool is null))
        {
            var tally = new EncodingTally();
            var mode = parts.Definition.Kind == StageKind.Predict ? CollateMode.Predict : CollateMode.Evaluate;
            var recipe = BatchRecipe.Of(tokenizer, parts.Objective, maxTokens, parts.Source.Definition.Train);
            var rows = parts.Definition.Kind == StageKind.Pretrain ? RowsAtOnce : RowsRead;
            foreach (var source in (ISampleSource?[])[parts.Main, parts.Dev])
            {
                if (source is null) continue;
                foreach (var chunk in ScoringPlan.Choose(source.Count, rows).Chunk(RowsAtOnce))
                {
                    cancellation.ThrowIfCancellationRequested();
                    var samples = chunk.Select(i => SourceContract.Get(source, i, new SeededRandom(0, (ulong)i))).ToList();
                    using var prepared = recipe.Make(new PlannedBatch(default, chunk, default, 0), samples, mode, new SeededRandom(0),
                        progress: 0);
                    tally = tally.Plus(prepared.Counted);
                }
            }
            lost.AddRange(tally.Sentences(maxTokens).Select(s => $"{parts.Name}: {s}"));
        }
        return lost;
    }

    /// <summary>
    /// Scores two samples of every stage that is scored, so that a metric the objective cannot serve, or a selection by an unknown name,
    /// comes out before training.
    /// </summary>
    /// <exception cref="UsageException">A metric cannot be computed, or <c>selectBy</c> names none, or rates lack a dev split.</exception>
    public static void TryMetrics(IReadOnlyList<StageParts> stages, ITokenizer tokenizer, Device device, CancellationToken cancellation)
    {
        foreach (var parts in stages)
        {
            if (parts is { Definition.LearningRates.Count: > 0, Dev: null })
                throw new UsageException($"{parts.Definition.Origin}: learningRates are compared on dev, and the data has no dev split; "
                    + "give it one, or one rate in train.learningRate.");
            if (parts.Definition.Kind is StageKind.Predict or StageKind.Tool || (parts.Trains ? parts.Dev : parts.Main) is not { } source)
                continue;
            parts.Model.To(device);
            var options = parts.Source.Definition.Train;
            var recipe = BatchRecipe.Of(tokenizer, parts.Objective, parts.Model.MaxTokens, options);
            var job = new ScoringJob
            {
                Model = parts.Model, Compute = Compute.For(device, options.Precision), MostWritten = 2,
                Batches = new() { Source = source, Recipe = recipe, Seed = 0, Limit = 2 },
            };
            var metrics = parts.Metrics.Create(parts.Trains ? parts.SelectBy : null);
            var names = Evaluator.Run(job, metrics, keepPredictions: false, null, cancellation).Metrics.Keys.ToList();
            if (parts.Trains && !names.Contains(parts.SelectBy))
                throw new UsageException($"{parts.Definition.Origin}: the best model is to be chosen by '{parts.SelectBy}', but the "
                    + $"figures on dev are: {string.Join(", ", names)}. Name one of these in train.selectBy, or add it to metrics.");
        }
    }

    /// <summary>Compares what training needs with the memory there is.</summary>
    /// <exception cref="ResourceException">It needs more.</exception>
    public static void Memory(TrainJob job)
    {
        using var first = job.Batches().First();
        Memory(MemoryEstimate.Of(job.Model, first.Batch, job.Options, job.Compute, job.Recipe.Tokenizer.Vocabulary.Count), job.Name,
            job.Compute);
    }

    /// <summary>Asks the tools of stages whether their inputs are there and their options fit the model they will be given.</summary>
    /// <exception cref="DataException">A file is missing that no tool before can have written.</exception>
    /// <exception cref="UsageException">An option does not fit.</exception>
    public static void TryTools(IReadOnlyList<StageParts> stages, PipelineDefinition pipeline, PipelineBuildContext context, Device device)
    {
        var written = false;
        foreach (var parts in stages.Where(s => s.Tool is not null))
        {
            if (!written && parts.Tool!.Files.FirstOrDefault(f => !Path.Exists(f)) is { } missing)
                throw new DataException($"{parts.Definition.Origin}: {DataFile.Show(missing)} does not exist, which stage '{parts.Name}' "
                    + "reads; paths are relative to the working directory or to the pipeline file.");
            written = true;
            parts.Model.To(device);
            using var model = RunSession.Loaded(parts, pipeline, context, device, null);
            try { parts.Tool!.Check(model); }
            catch (UsageException failure) { throw new UsageException($"{parts.Definition.Origin}: {failure.Message}", failure); }
        }
    }

    /// <inheritdoc cref="Memory(TrainJob)"/>
    public static void Memory(MemoryEstimate estimate, string stage, Compute compute)
    {
        if (compute.AvailableMemory() is { } available && estimate.Total > available)
            throw new ResourceException(
                $"Stage '{stage}' needs about {Disk.Size(estimate.Total)} of memory ({estimate}), but {compute.Device} has "
                    + $"{Disk.Size(available)} free. " +
                "Lower train.batchTokens (or batchSize) and raise train.accumulate, or use a smaller model.");
    }

    /// <summary>Compares what the checkpoints will take with the space there is.</summary>
    /// <exception cref="ResourceException">The disk is too small.</exception>
    public static void DiskSpace(RunFolder run, IReadOnlyList<StageParts> stages, long weightBytes, IRunView view)
    {
        // A resumed run has most of its checkpoints on the disk already.
        if (run.IsResumed) return;
        var folder = run.Path;
        // Weights and two moments a checkpoint; those kept, the best one, and the one being written. Weights once more for model/.
        var needed = stages.Where(s => s.Trains)
            .Sum(s => 3 * weightBytes * (s.Definition.Train.KeepCheckpoints + 2L) * (s.Definition.CompareWithScratch ? 2 : 1)
                * Math.Max(1, s.Definition.LearningRates.Count))
            + weightBytes;
        if (Disk.FreeBytes(folder) is not { } free) return;
        if (free < needed)
            throw new ResourceException(
                $"The run needs about {Disk.Size(needed)} for checkpoints, but the disk of '{folder}' has {Disk.Size(free)} free. " +
                "Free some, choose another disk with --output, or lower train.keepCheckpoints.");
        if (free < 2 * needed)
            view.Warn($"The run will take about {Disk.Size(needed)} of the {Disk.Size(free)} free on the disk of '{folder}'.");
    }
}
