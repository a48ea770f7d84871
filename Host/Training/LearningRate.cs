using PluginHost.Host.Pipelines.Settings;

namespace PluginHost.Host.Training;

/// <summary>The learning rate of each step: linear warm-up, then linear or half-cosine decay to zero, or constant.</summary>
public static class LearningRate
{
    /// <summary>Steps of warm-up: a share of the total if <see cref="TrainOptions.Warmup"/> is below 1, else that many.</summary>
    public static long WarmupSteps(TrainOptions options, long totalSteps) =>
        options.Warmup < 1 ? (long)Math.Round(options.Warmup * totalSteps) : (long)options.Warmup;

    /// <summary>The rate of a step.</summary>
    /// <param name="options">Peak, schedule, warm-up and decay length.</param>
    /// <param name="step">From 0. The first warm-up step already moves: (step + 1) / warm-up of the peak.</param>
    /// <param name="totalSteps">Steps of the stage.</param>
    public static double At(TrainOptions options, long step, long totalSteps)
    {
        var warmup = WarmupSteps(options, totalSteps);
        if (step < warmup) return options.LearningRate * (step + 1) / warmup;
        long end = options.DecaySteps > 0 ? options.DecaySteps : totalSteps;
        var progress = end > warmup ? Math.Clamp((double)(step - warmup) / (end - warmup), 0, 1) : 1;
        return options.LearningRate * options.Schedule switch
        {
            Schedule.Constant => 1,
            Schedule.Linear => 1 - progress,
            Schedule.Cosine => (1 + Math.Cos(Math.PI * progress)) / 2,
            _ => throw new UsageException($"'{options.Schedule}' is not a learning-rate schedule; use linear, cosine or constant."),
        };
    }
}
