using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit.Rules;

/// <summary>What the contract asks of schedules, rule by rule.</summary>
internal static class ScheduleRules
{
    private const double Peak = 0.01;

    private static readonly (long Total, long Warmup, long Decay)[] stages =
        [(100, 10, 0), (1, 0, 0), (1, 1, 0), (10, 20, 0), (100, 0, 40), (100, 10, 300), (100, 50, 50)];

    public static IEnumerable<Rule> Of(Subject subject)
    {
        var schedule = subject.Build<ISchedule>();
        yield return new("finite rates", () =>
        {
            foreach (var context in Contexts())
                Require(double.IsFinite(schedule.At(context)) && schedule.At(context) >= 0,
                    $"the rate is {schedule.At(context)} {Where(context)}.");
        });
        yield return new("peak", () =>
        {
            foreach (var context in Contexts())
                Require(schedule.At(context) <= Peak * (1 + 1e-9),
                    $"the rate is {schedule.At(context)}, above the peak {Peak}, {Where(context)}.");
        });
        yield return new("pure function", () =>
        {
            var forward = Contexts().Select(schedule.At).ToList();
            var backward = Contexts().Reverse().Select(subject.Build<ISchedule>().At).Reverse().ToList();
            foreach (var (context, one, other) in Contexts().Zip(forward, backward))
                Require(one.Equals(other), $"asked in another order the rate is {other} in place of {one} {Where(context)}.");
        });
    }

    private static IEnumerable<ScheduleContext> Contexts() =>
        from stage in stages
        from step in Enumerable.Range(0, (int)stage.Total)
        select new ScheduleContext
        {
            Step = step, TotalSteps = stage.Total, Peak = Peak, WarmupSteps = stage.Warmup, DecaySteps = stage.Decay,
        };

    private static string Where(ScheduleContext context) => $"at step {context.Step} of {context.TotalSteps}, warm-up "
        + $"{context.WarmupSteps}, decay to {context.End}";
}
