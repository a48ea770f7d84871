using System.ComponentModel;
using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(LacksDescriptions))]

namespace PluginHost.Fixtures;

/// <summary>Two schedules, some of whose options nobody described.</summary>
public sealed class LacksDescriptions : IPlugin
{
    public void Register(ICatalog catalog)
    {
        catalog.Add<ISchedule, Options>("mute", (_, _) => new Flat(), "The same rate at every step.");
        catalog.Add<ISchedule, NoOptions>("blurb", (_, _) => new Flat(), "no sentence");
    }

    public sealed class Options
    {
        public double First { get; set; }

        [Description("The second.")]
        public double Second { get; set; }

        public double Third { get; set; }

        [Description("More.")]
        public More Nested { get; set; } = new();
    }

    public sealed class More
    {
        public int Fourth { get; set; }
    }

    private sealed class Flat : ISchedule
    {
        public double At(ScheduleContext context) => context.Peak;
    }
}
