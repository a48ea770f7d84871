namespace PluginHost.Plugins.Schedules;

/// <summary>Falls by the same amount each step.</summary>
internal sealed class LinearSchedule(DecayOptions options) : ISchedule
{
    public double At(ScheduleContext context) => context.Warmup ?? options.Rate(context.Peak, 1 - context.Progress(context.WarmupSteps));
}
