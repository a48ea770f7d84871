using System.ComponentModel;
using PluginHost.Host.Cli.Commands.Options;

namespace PluginHost.Host.Cli.Commands.Runs;

/// <summary>Options of <c>host run</c>.</summary>
[Example("host run --pipeline pipelines/quickstart.yaml")]
[Example("host run --pipeline pipelines/quickstart.yaml --set seed=2 --set stages.finetune.train.epochs=1")]
[Example("host run --resume runs/quickstart-20260101-120000")]
public sealed class RunOptions
{
    /// <summary>The pipeline file.</summary>
    [Description(CommonHelp.Pipeline), ValueName("FILE"), ShortName("-p")]
    public string? Pipeline { get; set; }

    /// <summary>Overrides.</summary>
    [Description(CommonHelp.Set), ValueName("PATH=VALUE")]
    public IReadOnlyList<string> Set { get; set; } = [];

    /// <summary>The run folder.</summary>
    [Description("The run folder to make; runs/NAME-TIME if left out. It must not exist, or be empty."), ValueName("DIR"), ShortName("-o")]
    public string? Output { get; set; }

    /// <summary>Where it runs.</summary>
    [Device, Description(CommonHelp.Device), ValueName(CommonHelp.DeviceName)]
    public string Device { get; set; } = "auto";

    /// <summary>An interrupted run folder.</summary>
    [Description("Goes on in an interrupted run folder, with the pipeline it was started with. With --pipeline, the folder of a sweep also "
        + "takes the runs that the pipeline now asks for beside those it has, such as further seeds."), ValueName("DIR")]
    public string? Resume { get; set; }
}
