using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Schedules;

/// <summary>Options of schedules that decay; warm-up and the step at which decay ends are options of <c>train:</c>.</summary>
public class DecayOptions
{
    [Range(0.0, 1.0), Description("What is left of the peak rate at the end of the decay, as a share.")]
    public double Floor { get; set; }

    /// <summary>The rate when a share of what decays is left.</summary>
    internal double Rate(double peak, double left) => peak * (Floor + (1 - Floor) * left);
}
