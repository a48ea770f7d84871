using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Cli.Commands.Options;

namespace PluginHost.Host.Cli.Commands.Runs;

/// <summary>Options of <c>host check</c>.</summary>
[Example("host check --pipeline pipelines/quickstart.yaml")]
[Example("host check --pipeline pipelines/quickstart.yaml --resolved")]
public sealed class CheckOptions
{
    /// <summary>The pipeline file.</summary>
    [Required, Description(CommonHelp.Pipeline), ValueName("FILE"), ShortName("-p")]
    public string Pipeline { get; set; } = "";

    /// <summary>Overrides.</summary>
    [Description(CommonHelp.Set), ValueName("PATH=VALUE")]
    public IReadOnlyList<string> Set { get; set; } = [];

    /// <summary>Where the batch is tried.</summary>
    [Device, Description(CommonHelp.Device), ValueName(CommonHelp.DeviceName)]
    public string Device { get; set; } = "auto";

    /// <summary>Whether to print and stop.</summary>
    [Description("Only prints the pipeline with every default filled in.")]
    public bool Resolved { get; set; }
}
