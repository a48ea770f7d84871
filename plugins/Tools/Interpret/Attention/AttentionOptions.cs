using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Tools.Input;
using PluginHost.Plugins.Interpret.Tables;

namespace PluginHost.Plugins.Interpret.Attention;

/// <summary>Which ends of sequences of several lengths lie over each other.</summary>
public enum Align
{
    /// <summary>Their first bases.</summary>
    Start,

    /// <summary>Their middles.</summary>
    Centre,
}

/// <summary>Options of <c>host interpret attention</c>.</summary>
[Example("host interpret attention runs/fly test.csv --output attention")]
[Example("host interpret attention runs/fly test.csv --output attention --layer 2 --head 1 --base 40 --threshold 0.1")]
[Example("host interpret attention runs/enbed test.csv --output attention --stack cross --by predicted")]
public sealed class AttentionOptions : InputOptions
{
    /// <summary>The folder to write.</summary>
    [Required, ValueName("FOLDER"), Description("The folder to write: maps, landscape.tsv, summary.tsv, SVG files and report.html.")]
    public string Output { get; set; } = "";

    /// <summary>How maps are written.</summary>
    [Description("The format of maps, a row a base.")]
    public BaseTableFormat Table { get; set; } = BaseTableFormat.Tsv;

    /// <summary>Which attention.</summary>
    [Description("Whose attention: that of the sequence's tokens to each other, of a decoder's tokens to each other, of these to the "
        + "encoder's (cross), or of G-grams. A decoder is given the sequence itself.")]
    public AttentionStack Stack { get; set; } = AttentionStack.Tokens;

    /// <summary>Which layer.</summary>
    [Range(1, 10_000), Description("Whose attention, counted from 1; the last layer's unless set.")]
    public int? Layer { get; set; }

    /// <summary>Which head.</summary>
    [Range(1, 10_000), Description("One head, counted from 1; the sum over heads unless set.")]
    public int? Head { get; set; }

    /// <summary>Whose attention.</summary>
    [Range(0, 1 << 28)]
    [Description(
        "Attention of the tokens over this base, counted from 0; unless set that of the classification token, or the mean over all "
        + "tokens of bases where there is none. Of another stack than the tokens' the mean over all of it.")]
    public int? Base { get; set; }

    /// <summary>Least share drawn.</summary>
    [Range(0.0, 1.0), Description("Least attention of a head that its plot draws; unless set each plot draws its strongest 5 %.")]
    public double? Threshold { get; set; }

    /// <summary>Sequences that are drawn.</summary>
    [Range(0, 1000), Description("Sequences that are drawn one by one, the first ones.")]
    public int Figures { get; set; } = 20;

    /// <summary>What a landscape is by.</summary>
    [Description("The field that landscapes are by; all sequences are one class where it is missing. 'predicted' is the class that the "
        + "model itself gives a sequence.")]
    public string By { get; set; } = Sample.LabelField;

    /// <summary>How sequences lie over each other.</summary>
    [Description("Where sequences of several lengths lie over each other in a landscape.")]
    public Align Align { get; set; } = Align.Centre;

    /// <summary>Where attention is expected.</summary>
    [Range(-(1 << 28), 1 << 28)]
    [Description(
        "The base whose surroundings are compared with the rest, on the landscape's axis: 0 is the first base of the right half, or "
        + "with --align start of the sequence.")]
    public int Site { get; set; }

    /// <summary>How far the site reaches.</summary>
    [Range(0, 1 << 20), Description("Bases on each side of the site that belong to it.")]
    public int Around { get; set; } = 3;
}
