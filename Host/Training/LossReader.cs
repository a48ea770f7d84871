namespace PluginHost.Host.Training;

using static TorchSharp.torch;

/// <summary>
/// Keeps losses and gradient norms on the device and reads them every few steps, so that the device is not waited for at
/// each one; stops the run when one is not a number.
/// </summary>
/// <param name="job">Where lines are logged.</param>
/// <param name="state">Takes the losses that are read but not yet logged.</param>
/// <param name="totalSteps">Steps of the stage.</param>
public sealed class LossReader(TrainJob job, TrainState state, long totalSteps) : IDisposable
{
    // One scalar a step: a few bytes each, bounded so that a huge LogEvery does not hoard handles.
    private const int MostUnread = 256;

    private readonly List<(Tensor Loss, Tensor Norm)> unread = [];
    private Tensor? current;
    private double norm = double.NaN;

    /// <summary>Mean loss of the last stretch that was logged; not a number before the first.</summary>
    public double Latest { get; private set; } = double.NaN;

    /// <summary>Takes the loss of one micro-batch, a detached scalar.</summary>
    public void Add(Tensor loss)
    {
        var sum = current is null ? loss : current + loss;
        current?.Dispose();
        current = sum.DetachFromDisposeScope();
    }

    /// <summary>Closes a step with its gradient norm.</summary>
    public void EndStep(Tensor gradientNorm)
    {
        unread.Add((current!, gradientNorm));
        current = null;
        if (unread.Count >= MostUnread) Read();
    }

    /// <summary>Reads what is unread.</summary>
    /// <exception cref="RunFailedException">A loss or norm is not finite.</exception>
    public void Read()
    {
        if (unread.Count == 0) return;
        using var scope = NewDisposeScope();
        var first = state.Step - unread.Count + 1;
        var values = stack(unread.SelectMany(u => new[] { u.Loss, u.Norm.to(ScalarType.Float32) })).cpu().data<float>().ToArray();
        foreach (var (loss, gradient) in unread) { loss.Dispose(); gradient.Dispose(); }
        unread.Clear();
        for (var i = 0; i < values.Length; i += 2)
        {
            if (!float.IsFinite(values[i])) throw Diverged("loss", values[i], first + i / 2);
            if (!float.IsFinite(values[i + 1])) throw Diverged("gradient norm", values[i + 1], first + i / 2);
            state.PendingLosses.Add(values[i]);
            norm = values[i + 1];
        }
    }

    /// <summary>Logs the steps since the last line.</summary>
    public void Log(double learningRate, Pace pace)
    {
        Read();
        Latest = state.PendingLosses.Average();
        state.PendingLosses.Clear();
        job.Folder.Metrics.Add(new
        {
            stage = job.Name, step = state.Step, epoch = state.Epoch, loss = Latest, learning_rate = learningRate,
            gradient_norm = norm, real_tokens = state.RealTokens, tokens = state.Tokens,
        });
        job.Folder.Timings.Add(new
        {
            stage = job.Name, step = state.Step, seconds = Math.Round(pace.Seconds, 3),
            tokens_per_second = Math.Round(pace.TokensPerSecond, 1), padding_share = Math.Round(pace.PaddingShare, 4),
        });
        pace.Mark();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        current?.Dispose();
        foreach (var (loss, gradient) in unread) { loss.Dispose(); gradient.Dispose(); }
    }

    private RunFailedException Diverged(string what, double value, long step)
    {
        var rate = LearningRate.At(job.Schedule, job.Options, step - 1, totalSteps);
        var last = job.Checkpoints.Steps().Cast<long?>().LastOrDefault();
        return new RunFailedException(FormattableString.Invariant(
            $"Stage '{job.Name}' diverged: the {what} of step {step} is {value} at learning rate {rate:0.###e+0}. ") +
            (last is { } good ? $"The last good checkpoint is {job.Checkpoints.PathOf(good)}. " : "There is no checkpoint yet. ") +
            "Lower train.learningRate, lengthen train.warmup, set train.clipNorm to 1, or use precision: fp32.");
    }
}
