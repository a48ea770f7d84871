using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost;

namespace Distillation;

/// <summary>What a pipeline may say about the objective.</summary>
public sealed class DistillOptions
{
    [Required, Description("The trained model to learn from: a run folder or a model folder. It is read, and never changed.")]
    public string Teacher { get; set; } = "";

    [Required, Description("What both models are for: any objective, { use: NAME, ... }, that the teacher was trained for too.")]
    public ComponentSpec? Task { get; set; }

    [Description("The role whose outputs are matched; the task's first unless set.")]
    public string? Role { get; set; }

    [Range(0.01, 1000), Description("Scores of both are divided by it before the softmax: the higher, the more the lesser scores count.")]
    public double Temperature { get; set; } = 2;

    [Range(0.0, 1.0), Description("Share of the loss that is the teacher's; the rest is the task's own.")]
    public double Weight { get; set; } = 0.7;
}
