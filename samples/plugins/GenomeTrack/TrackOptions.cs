using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost;

namespace GenomeTrack;

/// <summary>Options of the command, and of the stage.</summary>
[Example("host track write runs/splice genome.fa --window 100 --class 1 --output donors.bedgraph")]
public sealed class TrackOptions
{
    [Description("A run or model folder; left out in a pipeline: the model trained before."), Positional("MODEL")]
    public string Model { get; set; } = "";

    [Required, Description("The genome: FASTA. A record named chr2R:2000-3000 lies there; any other is a chromosome of its name."),
     Positional("FASTA")]
    public string Input { get; set; } = "";

    [Required, ValueName("FILE"), Description("The bedGraph file to write.")]
    public string Output { get; set; } = "";

    [Description("Replace the output if it is there already.")]
    public bool Force { get; set; }

    [RegularExpression(@".+:\d+-\d+"), ValueName("PLACE"), Description("Draws what begins there alone: chr2R:2000000-2100000, 0-based and "
        + "half-open.")]
    public string? Region { get; set; }

    [Description("The class or output that is drawn; the last unless set.")]
    public string? Class { get; set; }

    [Range(1, 1 << 30), Description("Bases of a window.")]
    public int Window { get; set; } = 510;

    [Range(1, 1 << 30), Description("Bases from one window to the next; a window unless set. A base has the mean over its windows.")]
    public int? Step { get; set; }
}
