using System.ComponentModel;

namespace PluginHost.Plugins.Metrics;

/// <summary>Options of loss and perplexity.</summary>
internal sealed class LossOptions
{
    [Description("A loss term of the objective, also one that is only reported; what the optimiser minimises unless set (perplexity: the "
        + "first term that is).")]
    public string? Term { get; set; }
}
