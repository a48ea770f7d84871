using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Motifs;

namespace PluginHost.Plugins.Interpret.Vocabularies;

/// <summary>Options of <c>host interpret compare</c>.</summary>
[Example("host interpret compare runs/fly --motifs jaspar.txt --output tokens")]
[Example("host interpret compare runs/fly --motifs known.meme --output tokens --shortest 6 --column-score euclidean")]
public sealed class CompareOptions
{
    /// <summary>The model.</summary>
    [Description("A run folder, a model folder or an imported one. In a pipeline it is left out: the model trained before.")]
    [Positional("MODEL")]
    public string Model { get; set; } = "";

    /// <summary>Known motifs.</summary>
    [Required, ValueName("FILE"), Description("The motifs to compare the model's tokens with: a MEME or JASPAR file.")]
    public string Motifs { get; set; } = "";

    /// <summary>The folder to write.</summary>
    [Required, ValueName("FOLDER"), Description("The folder to write: tokens.tsv, hits.tsv, motifs.tsv, logos/ and report.html.")]
    public string Output { get; set; } = "";

    /// <summary>Fewest bases of a token.</summary>
    [Range(3, 1000), Description("Fewest bases of a token that is compared; tokens of anything but A, C, G and T are left out.")]
    public int Shortest { get; set; } = 5;

    /// <summary>Fewest positions over each other.</summary>
    [Range(3, 100), Description("Fewest positions of a token and a motif that lie over each other; all where one of them has fewer.")]
    public int Overlap { get; set; } = 5;

    /// <summary>How columns are compared.</summary>
    [Description("How a base of a token is compared with a column of a motif.")]
    public ColumnScore ColumnScore { get; set; } = ColumnScore.Pearson;

    /// <summary>Most false discoveries.</summary>
    [Range(1e-12, 0.5), Description("Most false discoveries among a token's motifs, as a share (Benjamini and Hochberg).")]
    public double MostFalse { get; set; } = 0.05;

    /// <summary>Hits that are drawn.</summary>
    [Range(0, 1000), Description("Hits that are drawn, the surest of each motif, surest first.")]
    public int Logos { get; set; } = 12;

    /// <summary>Replaces what is there.</summary>
    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }
}
