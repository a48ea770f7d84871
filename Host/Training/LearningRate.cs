using PluginHost.Host.Pipelines.Settings;

namespace PluginHost.Host.Training;

/// <summary>The learning rate of each step, as the schedule has it.</summary>
public static class LearningRate
{
    /// <summary>Steps of warm-up: a share of the total if <see cref="TrainOptions.Warmup"/> is below 1, else that many.</summary>
    public static long WarmupSteps(TrainOptions options, long totalSteps) =>
        options.Warmup < 1 ? (long)Math.Round(options.Warmup * totalSteps) : (long)options.Warmup;

    /// <summary>The rate of a step.</summary>
    /// <param name="schedule">Says how it goes.</param>
    /// <param name="options">Peak, warm-up and decay length.</param>
    /// <param name="step">From 0.</param>
    /// <param name="totalSteps">Steps of the stage.</param>
    public static double At(ISchedule schedule, TrainOptions options, long step, long totalSteps) => schedule.At(new ScheduleContext
    {
        Step = step, TotalSteps = totalSteps, Peak = options.LearningRate,
        WarmupSteps = WarmupSteps(options, totalSteps), DecaySteps = options.DecaySteps,
    });
}
