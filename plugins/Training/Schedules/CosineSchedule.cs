namespace PluginHost.Plugins.Schedules;

/// <summary>Falls along half a cosine.</summary>
internal sealed class CosineSchedule(DecayOptions options) : ISchedule
{
    public double At(ScheduleContext context) =>
        context.Warmup ?? options.Rate(context.Peak, (1 + Math.Cos(Math.PI * context.Progress(context.WarmupSteps))) / 2);
}
