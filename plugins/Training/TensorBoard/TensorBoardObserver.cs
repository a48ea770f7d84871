using TorchSharp.Modules;
using static TorchSharp.torch.utils;

namespace PluginHost.Plugins.TensorBoard;

/// <summary>
/// Writes scalars by TorchSharp's writer, a folder a stage: <c>train/loss</c>, <c>train/learning_rate</c>, <c>dev/METRIC</c> ...
/// </summary>
/// <remarks>Times are the run's start and the seconds trained since: a resumed run's curves show no pause and no second start.</remarks>
internal sealed class TensorBoardObserver(TensorBoardOptions options) : IRunObserver
{
    private SummaryWriter? writer;
    private double before, seconds;

    public void StageStarted(StageStarted stage) => writer = null;

    public void Trained(TrainingFigures figures)
    {
        if (double.IsFinite(figures.Seconds)) seconds = figures.Seconds;
        Add(figures, "train/loss", figures.Loss, figures.Step);
        Add(figures, "train/learning_rate", figures.LearningRate, figures.Step);
        Add(figures, "train/gradient_norm", figures.GradientNorm, figures.Step);
        if (options.Speed) Add(figures, "train/tokens_per_second", figures.TokensPerSecond, figures.Step);
    }

    public void Evaluated(EvaluationFigures figures)
    {
        foreach (var (name, value) in figures.Metrics) Add(figures, $"{figures.Split}/{name}", value, figures.Step ?? 0);
    }

    public void StageEnded(StageEnded stage) => (before, seconds) = (before + stage.Seconds, 0);

    // The writer opens its file for each record and closes it again: nothing is lost when the process ends, and nothing stays open.
    private void Add(RunEvent of, string tag, double value, long step)
    {
        if (double.IsNaN(value)) return;
        writer ??= tensorboard.SummaryWriter(Path.Combine(of.Run.Folder, of.Stage), createRunName: false);
        writer.add_scalar(tag, (float)value, checked((int)step), of.Run.Started.AddSeconds(before + seconds).ToUnixTimeSeconds());
    }
}
