using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost;

namespace SignalTrack;

/// <summary>What a pipeline may say about the source.</summary>
public sealed class SignalSourceOptions
{
    [Required, Description("Where the sequences come from: any data source that knows their places on a genome, { use: fasta, ... }.")]
    public ComponentSpec? Data { get; set; }

    [Required, Description("The track: bedGraph, or wig with fixedStep or variableStep, plain or gzip. Bases without a value are missing.")]
    public string Track { get; set; } = "";

    [Required, Description("Field of the samples that gets the numbers, one a base.")]
    public string Field { get; set; } = "signal";
}

/// <summary>What a pipeline may say about the objective.</summary>
public sealed class SignalOptions
{
    [Required, Description("Field with a number for every base; those that are missing count in neither loss nor figures.")]
    public string Field { get; set; } = "signal";

    [Range(0, 0.99), Description("Dropout before the linear layer.")]
    public double Dropout { get; set; } = 0.1;

    [Description("Mean of the training bases, which the model need not learn. Found in the training split unless set.")]
    public double? Mean { get; set; }

    [Range(1e-30, 1e30), Description("Standard deviation of the training bases, likewise.")]
    public double? Deviation { get; set; }
}

/// <summary>What a pipeline may say about the head.</summary>
public sealed class SignalHeadOptions
{
    [Range(0, 0.99), Description("Dropout before the linear layer.")]
    public double Dropout { get; set; } = 0.1;
}
