using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Plugins.Variants.Windows;

/// <summary>Options of <c>host variants windows</c>.</summary>
[Example("host variants windows calls.vcf --genome genome.fa.gz --output windows.csv --label EFFECT --window 200")]
[Example("host variants windows changes.csv --genome wildtype.fa --sequence F9 --output windows.csv --label effect --block 30")]
public sealed class WindowsOptions
{
    /// <summary>The variants.</summary>
    [Required]
    [Description("The variants: VCF, plain or gzip; or a table with the columns chromosome, position (from 1), ref and alt, or offset "
        + "(from 0), ref and alt; - is no base.")]
    [Positional("VARIANTS")]
    public string Variants { get; set; } = "";

    /// <summary>Where they lie.</summary>
    [Required, ValueName("FILE"), Description("The genome that the variants lie on: a FASTA file.")]
    public string Genome { get; set; } = "";

    /// <summary>The record of a table without chromosomes.</summary>
    [ValueName("NAME"),
        Description("The record of the genome that a table without a column of chromosomes is about; its only one unless set.")]
    public string? Sequence { get; set; }

    /// <summary>The file to write.</summary>
    [Required, Description("The table to write: .tsv, .csv, .jsonl, .json, .gz behind all of these to pack it, or .parquet.")]
    public string Output { get; set; } = "";

    /// <summary>What is known of the variants.</summary>
    [ValueName("COLUMN")]
    [Description("A column of the table, or an INFO key, with a class or a number: it becomes the column 'label', and alleles without one "
        + "are left out. Without it there are no labels.")]
    public string? Label { get; set; }

    /// <summary>Bases of a window.</summary>
    [Range(3, 1 << 20), Description("Bases of a window, the longer allele included.")]
    public int Window { get; set; } = 200;

    /// <summary>Bases of a block.</summary>
    [Range(1, 1 << 30)]
    [Description("Bases of a block: variants of one must not be divided between splits (host data split --by record --column block), since "
        + "neighbours share their windows.")]
    public int Block { get; set; } = 100_000;

    /// <summary>When to stop.</summary>
    [Range(0.0, 1.0)]
    [Description("Stop where more than this share of the variants has a REF that is not the genome's: then it is another build.")]
    public double MaxMismatch { get; set; } = 0.05;

    /// <summary>Replaces a file that is there.</summary>
    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }
}
