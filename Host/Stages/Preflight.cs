using PluginHost.Host.Evaluation;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Runs;
using PluginHost.Host.Terminal;
using PluginHost.Host.Training;

namespace PluginHost.Host.Stages;

/// <summary>Looks for what would stop a run hours later: rows that cannot be collated, too little memory, too little disk.</summary>
public static class Preflight
{
    // Enough for every labelled set of the usual benchmarks, and a second or two of work at most.
    private const long RowsRead = 20_000;
    private const int RowsAtOnce = 256;

    /// <summary>Collates the labelled rows of finetune and evaluate stages once, so that an unknown label or a bad row comes out before training.</summary>
    /// <exception cref="DataException">A row cannot be used.</exception>
    public static void ReadRows(IReadOnlyList<StageParts> stages, ITokenizer tokenizer, int maxTokens, CancellationToken cancellation)
    {
        foreach (var parts in stages)
        {
            var mode = parts.Definition.Kind == StageKind.Predict ? CollateMode.Predict : CollateMode.Evaluate;
            var rows = parts.Definition.Kind == StageKind.Pretrain ? RowsAtOnce : RowsRead;
            foreach (var source in (ISampleSource?[])[parts.Main, parts.Dev])
            {
                if (source is null) continue;
                foreach (var chunk in EvaluationPlan.Choose(source.Count, rows).Chunk(RowsAtOnce))
                {
                    cancellation.ThrowIfCancellationRequested();
                    var context = new CollateContext(tokenizer, maxTokens, mode, new SeededRandom(0));
                    var samples = chunk.Select(i => source.Get(i, new SeededRandom(0, (ulong)i))).ToList();
                    parts.Objective.Collate(samples, context).Dispose();
                    LengthPolicy.Check(parts.Source.Definition.Train.TooLong, context, samples);
                }
            }
        }
    }

    /// <summary>Compares what training needs with the memory there is.</summary>
    /// <exception cref="ResourceException">It needs more.</exception>
    public static void Memory(TrainJob job)
    {
        var batches = job.Batches();
        using var first = batches.Collate(batches.Plan.From(default).First(), 0);
        Memory(MemoryEstimate.Of(job.Model, first.Batch, job.Options, job.Compute, job.Tokenizer.Vocabulary.Count), job.Name, job.Compute);
    }

    /// <inheritdoc cref="Memory(TrainJob)"/>
    public static void Memory(MemoryEstimate estimate, string stage, Compute compute)
    {
        if (compute.AvailableMemory() is { } available && estimate.Total > available)
            throw new ResourceException(
                $"Stage '{stage}' needs about {Disk.Size(estimate.Total)} of memory ({estimate}), but {compute.Device} has {Disk.Size(available)} free. " +
                "Lower train.batchTokens (or batchSize) and raise train.accumulate, or use a smaller model.");
    }

    /// <summary>Compares what the checkpoints will take with the space there is.</summary>
    /// <exception cref="ResourceException">The disk is too small.</exception>
    public static void DiskSpace(string folder, IReadOnlyList<StageParts> stages, long weightBytes, IRunView view)
    {
        // Weights and two moments a checkpoint; those kept, the best one, and the one being written. Weights once more for model/.
        var needed = stages.Where(s => s.Trains).Sum(s => 3 * weightBytes * (s.Definition.Train.KeepCheckpoints + 2L) * (s.Definition.CompareWithScratch ? 2 : 1)) + weightBytes;
        if (Disk.FreeBytes(folder) is not { } free) return;
        if (free < needed)
            throw new ResourceException(
                $"The run needs about {Disk.Size(needed)} for checkpoints, but the disk of '{folder}' has {Disk.Size(free)} free. " +
                "Free some, choose another disk with --output, or lower train.keepCheckpoints.");
        if (free < 2 * needed) view.Warn($"The run will take about {Disk.Size(needed)} of the {Disk.Size(free)} free on the disk of '{folder}'.");
    }
}
