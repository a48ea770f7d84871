using PluginHost.Host.Batches;
using PluginHost.Host.Pipelines.Settings;

namespace PluginHost.Host.Training;

/// <summary>How long a stage trains and how often it looks up, in optimizer steps.</summary>
/// <param name="Steps">Optimizer steps.</param>
/// <param name="EvaluateEvery">Steps between evaluations on dev.</param>
/// <param name="CheckpointEvery">Steps between checkpoints that are due apart from evaluations; 0 for none.</param>
public sealed record TrainLength(long Steps, long EvaluateEvery, long CheckpointEvery)
{
    private const int LooksPerStage = 10;

    /// <summary>Works it out from the options. Epochs are turned into steps by the batches of the first epoch.</summary>
    public static TrainLength Of(TrainOptions options, BatchPlan plan, bool hasDev)
    {
        var (steps, epoch) = ((long)options.Steps, 0.0);
        if (steps == 0)
        {
            epoch = (double)plan.CountBatches(0) / options.Accumulate;
            steps = Math.Max(1, (long)Math.Ceiling(options.Epochs * epoch - 1e-9));
        }
        var look = Math.Max(1, options.Steps > 0 ? steps / LooksPerStage : (long)Math.Round(epoch));
        var evaluate = options.EvaluateEvery > 0 ? options.EvaluateEvery : look;
        var checkpoint = options.CheckpointEvery > 0 ? options.CheckpointEvery : hasDev ? 0 : look;
        return new TrainLength(steps, evaluate, checkpoint);
    }

    /// <summary>Whether dev is scored after a step: every so often, and after the last.</summary>
    public bool EvaluateAfter(long step) => step > 0 && (step % EvaluateEvery == 0 || step == Steps);

    /// <summary>Whether a checkpoint is due after a step, evaluations apart.</summary>
    public bool CheckpointAfter(long step) => (CheckpointEvery > 0 && step % CheckpointEvery == 0) || step == Steps;
}
