using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Cli.Commands.Options;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Genomics;

namespace PluginHost.Host.Cli.Commands.Models;

/// <summary>What <c>host predict</c> and <c>host evaluate</c> both ask: a trained model, and data to use it on.</summary>
public abstract class UseOptions
{
    /// <summary>The model.</summary>
    [Required, Positional("MODEL"), Description(CommonHelp.Model)]
    public string Model { get; set; } = "";

    /// <summary>The data, unless <see cref="Data"/> says it all.</summary>
    [Positional("DATA")]
    [Description(
        "FASTA files, CSV or TSV tables, or folders of train, dev and test tables; * and ? stand for parts of a name, - for standard "
        + "input. Of several files the output has a column 'file'.")]
    public IReadOnlyList<string> Files { get; set; } = [];

    /// <summary>Options of the data source.</summary>
    [ValueName("KEY=VALUE")]
    [Description("An option of the data source, such as how=tiles; use=NAME names another source. May be repeated.")]
    public IReadOnlyList<string> Data { get; set; } = [];

    /// <summary>What happens to bad records.</summary>
    [Description("What happens to records without bases, or with a name that is there already: fail, or skip, which counts them.")]
    public OnBad OnBad { get; set; } = OnBad.Fail;

    /// <summary>The split.</summary>
    [Description("The split to read, where the data has several.")]
    public Split Split { get; set; } = Split.Test;

    /// <summary>The file.</summary>
    [Description(
        "The file to write: .tsv, .csv, .jsonl, .json or .bed, and .gz after it to pack it, or .parquet; TSV on standard output if "
        + "left out."), ValueName("FILE"), ShortName("-o")]
    public string? Output { get; set; }

    /// <summary>Whether an output that is there is replaced.</summary>
    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }

    /// <summary>Whether values that are no numbers are written.</summary>
    [Description("Write values that are not finite (NaN, infinite) all the same, and count them; otherwise they end the command.")]
    public bool AllowNan { get; set; }

    /// <summary>Where it runs.</summary>
    [Device, Description(CommonHelp.Device), ValueName(CommonHelp.DeviceName)]
    public string Device { get; set; } = "auto";

    /// <summary>Size of batches.</summary>
    [Range(1, int.MaxValue), ValueName("N")]
    [Description("Padded tokens of a batch: less for less memory. Batched as in the run that trained it if left out, "
        + "which gives the same bits.")]
    public int? BatchTokens { get; set; }

    /// <summary>Other adapters.</summary>
    [Description("A folder with low-rank adapters to put on the model in place of its own: the adapter/ of a run with tune: lora.")]
    [ValueName("DIR")]
    public string? Adapter { get; set; }
}
