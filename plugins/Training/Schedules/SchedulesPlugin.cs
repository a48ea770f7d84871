using PluginHost;
using PluginHost.Plugins.Schedules;

[assembly: Plugin(typeof(SchedulesPlugin))]

namespace PluginHost.Plugins.Schedules;

/// <summary>The usual learning-rate schedules. All begin with the same linear warm-up.</summary>
public sealed class SchedulesPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog)
    {
        catalog.Add<ISchedule, DecayOptions>("linear", (options, _) => new LinearSchedule(options),
            "Warm-up, then linear decay to the last step.");
        catalog.Add<ISchedule, DecayOptions>("cosine", (options, _) => new CosineSchedule(options),
            "Warm-up, then decay along half a cosine to the last step (Loshchilov and Hutter 2017, without restarts).");
        catalog.Add<ISchedule, NoOptions>("constant", (_, _) => new ConstantSchedule(), "Warm-up, then the peak rate to the end.");
        catalog.Add<ISchedule, WsdOptions>("wsd", (options, _) => new WsdSchedule(options),
            "Warm-up, a stable stretch at the peak, then decay over the last share of the steps (Hu et al. 2024; Hägele et al. 2024).");
        catalog.MakeDefault<ISchedule>("linear");
    }
}
