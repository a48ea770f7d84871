using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Variants.Scoring;

/// <summary>A family of scores.</summary>
public enum ScoreKind
{
    /// <summary>Difference and log-odds ratio of each output of a model that says something of a sequence.</summary>
    Outputs,

    /// <summary>Four distances of the hidden states of a layer, pooled.</summary>
    States,

    /// <summary>Likelihood ratio of the tokens that cover the variant, all of them masked.</summary>
    Masked,

    /// <summary>Pseudo-likelihood ratio of the window: each token in turn is masked, and all that share a base with it.</summary>
    Pseudo,

    /// <summary>Likelihood ratio of the window by a model that reads from left to right.</summary>
    Causal,

    /// <summary>Likelihood ratio of the allele by an encoder-decoder that fills in what is hidden from its encoder.</summary>
    Span,
}

/// <summary>Options of <c>host variants score</c>.</summary>
[Example("host variants score runs/fly calls.vcf --genome genome.fa.gz --output scored.vcf")]
[Example("host variants score runs/fly calls.tsv --genome genome.fa.gz --output scored.tsv --truth effect")]
[Example("host variants score runs/fly calls.tsv --genome genome.fa --output scored.tsv --truth effect --report page")]
[Example("host variants score runs/fly changes.csv --genome wildtype.fa --sequence F9 --output scored.tsv --score states --layer 2")]
public sealed class ScoreOptions
{
    /// <summary>The model.</summary>
    [Description("A run folder, a model folder or an imported one. In a pipeline it is left out: the model trained before.")]
    [Positional("MODEL")]
    public string Model { get; set; } = "";

    /// <summary>The variants.</summary>
    [Required]
    [Description(
        "The variants: VCF, plain or gzip, with or without samples; or a table with the columns chromosome, position (from 1), ref "
        + "and alt, or offset (from 0), ref and alt; - is no base.")]
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
    [Required]
    [Description("The file to write: .vcf (where the input is VCF), .tsv, .csv, .jsonl or .json (and .gz after it), or .parquet.")]
    public string Output { get; set; } = "";

    /// <summary>Which scores.</summary>
    [Description(
        "Which scores: outputs, states, masked, pseudo, causal, span; all the model offers but pseudo, which is slow, unless set. May be "
        + "repeated.")]
    public ScoreKind[] Score { get; set; } = [];

    /// <summary>Bases of a window.</summary>
    [Range(3, 1 << 20)]
    [Description("Bases of a window, the longer allele included; as many as the model takes tokens, at most 512, unless set.")]
    public int? Window { get; set; }

    /// <summary>Which states.</summary>
    [Range(0, 10_000), Description("Whose states: 0 the embeddings', 1 the first layer's, and so on; the model's output unless set.")]
    public int? Layer { get; set; }

    /// <summary>How tokens become one vector.</summary>
    [Description("States of a window: mean over the tokens that stand for bases; cls, the classification token's; last, the last token's.")]
    public Pooling Pooling { get; set; } = Pooling.Mean;

    /// <summary>Reads both strands.</summary>
    [Description("Score each window and its reverse complement; what is written is the mean.")]
    public bool BothStrands { get; set; }

    /// <summary>When to stop.</summary>
    [Range(0.0, 1.0)]
    [Description("Stop where more than this share of the variants has a REF that is not the genome's: then it is another build.")]
    public double MaxMismatch { get; set; } = 0.05;

    /// <summary>What is known of the variants.</summary>
    [ValueName("COLUMN")]
    [Description("A column of the table, or an INFO key, with the measured effect: scores are compared with it, beside baselines.")]
    public string? Truth { get; set; }

    /// <summary>How much a base is conserved.</summary>
    [ValueName("COLUMN")]
    [Description("With --truth: a column of the table, or an INFO key, with how conserved the base is; one more baseline.")]
    public string? Conservation { get; set; }

    /// <summary>What the model was trained on.</summary>
    [ValueName("FILE")]
    [Description("BED or GFF of the regions the model was trained on: the share of the variants in them is shown, and a column says which; "
        + "with --truth the others are compared by themselves too.")]
    public string? Training { get; set; }

    /// <summary>A page about it.</summary>
    [ValueName("DIR"),
        Description("Also write this folder: report.html, complete in itself, with figures as SVG and the tables beside it.")]
    public string? Report { get; set; }

    /// <summary>Fields of samples.</summary>
    [ValueName("NAME=VALUE"), Description(GivenFields.Help)]
    public string[] Field { get; set; } = [];

    /// <summary>Where it is computed.</summary>
    [Description("auto, cpu or cuda:N; in a pipeline the run's.")]
    public string Device { get; set; } = "auto";

    /// <summary>Size of batches.</summary>
    [Range(1, 1 << 28), Description("Padded tokens computed at once; as the model was trained unless set.")]
    public int? BatchTokens { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }
}
