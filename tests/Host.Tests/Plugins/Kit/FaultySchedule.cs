namespace PluginHost.Host.Tests.Plugins.Kit;

/// <summary>Always the same rate, or, for null, another at each call.</summary>
internal sealed class FaultySchedule(double? rate) : ISchedule
{
    private int calls;

    public double At(ScheduleContext context) => rate ?? context.Peak / ++calls;
}
