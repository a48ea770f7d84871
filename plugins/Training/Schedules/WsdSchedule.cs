namespace PluginHost.Plugins.Schedules;

/// <summary>Stays at the peak until the last stretch.</summary>
internal sealed class WsdSchedule(WsdOptions options) : ISchedule
{
    public double At(ScheduleContext context)
    {
        var start = Math.Max(context.WarmupSteps, context.End - (long)Math.Round(options.DecayShare * context.End));
        return context.Warmup ?? options.Rate(context.Peak, Left(context.Progress(start)));
    }

    private double Left(double done) => options.Shape switch
    {
        "linear" => 1 - done,
        "cosine" => (1 + Math.Cos(Math.PI * done)) / 2,
        _ => 1 - Math.Sqrt(done),
    };
}
