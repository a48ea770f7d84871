using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Host.Cli.Commands.Models;

/// <summary>Options of <c>host import</c>.</summary>
[Example("host import published/model --as LAYOUT --output models/mine")]
[Example("host import published/pytorch_model.bin --as LAYOUT --output models/mine --dry-run")]
[Example("host import published/model --as LAYOUT --output models/mine --new-head NAME --set objective.classes=3")]
public sealed class ImportOptions
{
    /// <summary>The weights.</summary>
    [Required, Positional("SOURCE")]
    [Description("A folder of published weights (config.json, weights, tokenizer files), or a file: safetensors, "
        + "or what torch.save wrote.")]
    public string Source { get; set; } = "";

    /// <summary>Their layout.</summary>
    [Required, Description("The layout they were published in; 'host plugins list' shows the layouts there are."), ValueName("LAYOUT")]
    public string As { get; set; } = "";

    /// <summary>The folder.</summary>
    [Required, Description("The model folder to make."), ValueName("DIR"), ShortName("-o")]
    public string Output { get; set; } = "";

    /// <summary>Whether an output that is there is replaced.</summary>
    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }

    /// <summary>A head.</summary>
    [Description("Makes a head that the file lacks, with random weights. Without it nothing is ever at random."), ValueName("NAME")]
    public string? NewHead { get; set; }

    /// <summary>Tensors.</summary>
    [Description("Leaves out tensors of the file whose names match, * for any characters; may be repeated."), ValueName("PATTERN")]
    public IReadOnlyList<string> LeaveOut { get; set; } = [];

    /// <summary>Overrides.</summary>
    [Description("Overrides an option of tokenizer, architecture, objective or heads, for example --set objective.classes=3; "
        + "may be repeated."), ValueName("PATH=VALUE")]
    public IReadOnlyList<string> Set { get; set; } = [];

    /// <summary>Of a new head.</summary>
    [Description("Seed of a new head's weights."), ValueName("N")]
    public ulong Seed { get; set; } = 42;

    /// <summary>Whether to write nothing.</summary>
    [Description("Checks and reports every tensor, and writes nothing.")]
    public bool DryRun { get; set; }
}
