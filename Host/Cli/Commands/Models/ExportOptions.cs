using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Cli.Commands.Options;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Host.Cli.Commands.Models;

/// <summary>How a model is written for other programs.</summary>
public enum ExportFormat
{
    /// <summary>The layout of Hugging Face.</summary>
    Hf,
}

/// <summary>Options of <c>host export</c>.</summary>
[Example("host export runs/quickstart-20260101-120000 --format hf --output published/mine")]
public sealed class ExportOptions
{
    /// <summary>The model.</summary>
    [Required, Positional("MODEL"), Description(CommonHelp.Model)]
    public string Model { get; set; } = "";

    /// <summary>The format.</summary>
    [Description("hf: the layout of Hugging Face.")]
    public ExportFormat Format { get; set; }

    /// <summary>The folder.</summary>
    [Required, Description("The folder to make."), ValueName("DIR"), ShortName("-o")]
    public string Output { get; set; } = "";

    /// <summary>Whether an output that is there is replaced.</summary>
    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }
}
