using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>What a new plugin begins with.</summary>
public enum NewKind
{
    /// <summary>A data source.</summary>
    Source,

    /// <summary>A tokenizer.</summary>
    Tokenizer,

    /// <summary>An architecture.</summary>
    Architecture,

    /// <summary>An objective.</summary>
    Objective,

    /// <summary>A head.</summary>
    Head,

    /// <summary>A metric.</summary>
    Metric,

    /// <summary>An optimizer.</summary>
    Optimizer,

    /// <summary>A learning-rate schedule.</summary>
    Schedule,

    /// <summary>An observer.</summary>
    Observer,

    /// <summary>A decoder.</summary>
    Decoder,

    /// <summary>A tool.</summary>
    Tool,
}

/// <summary>Options of <c>host plugins new</c>.</summary>
[Example("host plugins new CodonTokenizer --kind tokenizer")]
[Example("host plugins new Mine --kind architecture --kind objective --kind head --output ~/plugins/Mine")]
public sealed class NewOptions
{
    /// <summary>The plugin's name.</summary>
    [Required, Positional("NAME"), Description("The plugin's name: an identifier of C# that begins with a capital letter.")]
    public string Name { get; set; } = "";

    /// <summary>What it offers.</summary>
    [MinLength(1), ValueName("KIND")]
    [Description("What it offers: source, tokenizer, architecture, objective, head, metric, optimizer, schedule, observer, decoder or tool."
        + " May be repeated.")]
    public IReadOnlyList<NewKind> Kind { get; set; } = [];

    /// <summary>The folder.</summary>
    [Description("The folder to make; one of the plugin's name unless set."), ValueName("DIR"), ShortName("-o")]
    public string? Output { get; set; }

    /// <summary>Whether files that are there are written over.</summary>
    [Description("Write into a folder that is there already, and over the files in it that have the same names.")]
    public bool Force { get; set; }
}
