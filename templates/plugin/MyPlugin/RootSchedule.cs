using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost;

namespace MyPlugin;

/// <summary>What a pipeline may say about the schedule; the peak and the warm-up are those of <c>train:</c>.</summary>
public sealed class RootOptions
{
    /// <summary>The least.</summary>
    [Range(0.0, 1.0), Description("Share of the peak that the rate never falls below.")]
    public double Floor { get; set; }
}

/// <summary>Linear warm-up, then the peak times the square root of warm-up over step.</summary>
internal sealed class RootSchedule(RootOptions options) : ISchedule
{
    public double At(ScheduleContext context) => context.Warmup
        ?? context.Peak * Math.Max(options.Floor, Math.Sqrt(Math.Max(1.0, context.WarmupSteps) / (context.Step + 1)));
}
