namespace PluginHost.Plugins.Schedules;

/// <summary>Stays.</summary>
internal sealed class ConstantSchedule : ISchedule
{
    public double At(ScheduleContext context) => context.Warmup ?? context.Peak;
}
