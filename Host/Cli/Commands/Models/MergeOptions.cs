using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Cli.Commands.Options;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Host.Cli.Commands.Models;

/// <summary>Options of <c>host merge</c>.</summary>
[Example("host merge runs/lora-20260101-120000 --output merged")]
[Example("host merge base-model --adapter runs/lora-20260101-120000/adapter --output merged")]
public sealed class MergeOptions
{
    /// <summary>The model.</summary>
    [Required, Positional("MODEL"), Description(CommonHelp.Model)]
    public string Model { get; set; } = "";

    /// <summary>Other adapters.</summary>
    [Description("A folder with low-rank adapters to put on the model in place of its own."), ValueName("DIR")]
    public string? Adapter { get; set; }

    /// <summary>The folder.</summary>
    [Required, Description("The model folder to make."), ValueName("DIR"), ShortName("-o")]
    public string Output { get; set; } = "";

    /// <summary>Whether an output that is there is replaced.</summary>
    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }
}
