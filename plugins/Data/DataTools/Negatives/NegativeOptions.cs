using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Plugins.DataTools.Output;
using PluginHost.Plugins.DataTools.Rows;
using PluginHost.Plugins.DataTools.Windows;

namespace PluginHost.Plugins.DataTools.Negatives;

/// <summary>Where negatives come from.</summary>
internal enum NegativeSource
{
    /// <summary>The positives themselves, shuffled.</summary>
    Shuffle,

    /// <summary>The genome, matched.</summary>
    Genome,

    /// <summary>Places with the motif of a site that are none.</summary>
    Sites,

    /// <summary>What a model took for positive.</summary>
    Adversarial,
}

/// <summary>Options of <c>host data negatives</c>.</summary>
[Example("host data negatives promoters.csv --how shuffle --output set.csv")]
[Example("host data negatives peaks.csv --how genome --genome genome.fa --exclude genes.gff --gc 0.01 --output set.csv")]
[Example("host data negatives --how sites --genome genome.fa --features genes.gtf --anchor donor --anchor acceptor --window -50..49 "
    + "--output set.csv")]
[Example("host data negatives --how sites --genome genome.fa --features genes.gtf --type transcript --anchor end --motif AATAAA,ATTAAA "
    + "--motif-within -40..-6 --cut-motif --from gc --window -300..305 --output pas.csv")]
[Example("host data negatives train.csv --how adversarial --pool pool.csv --predictions predictions.tsv --negative-label neither --output "
    + "train-2.csv")]
internal sealed class NegativeOptions : RowOptions
{
    [Description("The positives: a table or FASTA for --how shuffle; a table with chromosome, start and end (as 'host data windows' "
        + "writes) or BED for --how genome; the training table so far for --how adversarial.")]
    [Positional("DATA")]
    public string[] Data { get; set; } = [];

    [Description("shuffle, the positives with their dinucleotides (--k) exactly kept; genome, stretches of the same chromosome, length and "
        + "GC content outside --exclude and the positives; sites, places with the motif of --anchor that are none; adversarial, rows of "
        + "--pool that --predictions took for positive.")]
    [Required]
    public NegativeSource? How { get; set; }

    [Description("The table or FASTA file to write.")]
    [Required]
    public string Output { get; set; } = "";

    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }

    [Description(
        "Label of the negatives; 0 unless set, 'neither' for sites. For --how adversarial the label that negatives have in the pool.")]
    public string? NegativeLabel { get; set; }

    [Description("Write negatives alone; otherwise positives come with them.")]
    public bool Alone { get; set; }

    [Description(
        "A column with the same value in every row, as NAME=VALUE, for example species=human. May be repeated. Not for --how adversarial.")]
    public string[] Add { get; set; } = [];

    [Description("Negatives for each positive.")]
    [Range(1, 1000)]
    public int Per { get; set; } = 1;

    [Description("Letters in a row whose counts a shuffle keeps: 1 bases, 2 dinucleotides, 3 trinucleotides, ...")]
    [Range(1, 12)]
    public int K { get; set; } = 2;

    [Description("The genome: a FASTA file. For --how genome and sites.")]
    public string? Genome { get; set; }

    [Description("BED or GFF files that negatives must not touch, such as genes; the positives are left out anyway. May be repeated.")]
    public string[] Exclude { get; set; } = [];

    [Description("Bases around --exclude and the positives that are left out too.")]
    [Range(0, 10_000_000)]
    public int Margin { get; set; }

    [Description("Largest difference in GC content between a negative and its positive, as a share.")]
    [Range(0.0, 1.0)]
    public double Gc { get; set; } = 0.01;

    [Description("Largest share of N in a negative.")]
    [Range(0.0, 1.0)]
    public double MaxN { get; set; }

    [Description("Annotation of the sites: BED or GFF. For --how sites.")]
    public string? Features { get; set; }

    [Description("Type of the GFF features, as in 'host data windows'.")]
    public string? Type { get; set; }

    [Description("The sites: donor, acceptor, or start, end, center with --motif. May be repeated.")]
    public Anchor[] Anchor { get; set; } = [Windows.Anchor.Donor];

    [Description("The window around sites: -50..49, promoter, core-promoter.")]
    public string? Window { get; set; }

    [Description("Motif of the sites; GT for donors and AG for acceptors unless set. Several of one length, the preferred first, separated "
        + "by commas.")]
    public string[] Motif { get; set; } = [];

    [Description("Position of the motif's first base relative to the site; 0 for donors and -2 for acceptors unless set.")]
    [Range(-1000, 1000)]
    public int? MotifAt { get; set; }

    [Description("In place of --motif-at, first and last position of the motif's first base relative to the annotated one, as in 'host "
        + "data windows': the motif found there is the site, annotations without it "
        + "are left out, and --window counts from its first base.")]
    public string? MotifWithin { get; set; }

    [Description("With --motif-within, cuts the motif out of sites and non-sites and joins the sides (DNAGPT's genomic signals).")]
    public bool CutMotif { get; set; }

    [Description("The record that all non-sites come from, by name, or gc for the one with sites whose GC content is nearest to the whole "
        + "genome's (DNAGPT's choice); each site's own unless set.")]
    public string? From { get; set; }

    [Description("BED or GFF within whose features non-sites must lie, on the same strand, such as genes; anywhere unless set.")]
    public string? Inside { get; set; }

    [Description("Type of the GFF features of --inside.")]
    public string? InsideType { get; set; }

    [Description("Table of sequences that negatives are chosen from. For --how adversarial.")]
    public string? Pool { get; set; }

    [Description("What 'host predict' wrote for the pool.")]
    public string? Predictions { get; set; }

    [Description("Least probability of not being negative that counts as taken for positive; unless set the predicted class decides.")]
    [Range(0.0, 1.0)]
    public double? Threshold { get; set; }

    [Description("Most rows to add, the most confident mistakes first; all unless set.")]
    [Range(1, int.MaxValue)]
    public int? Limit { get; set; }

    [Description("Also writes the pool without the rows that were added.")]
    public string? PoolOutput { get; set; }

    [Description("What is drawn follows from this alone.")]
    public ulong Seed { get; set; } = 1;

    internal string Negative => NegativeLabel ?? (How == NegativeSource.Sites ? "neither" : "0");

    /// <summary>The output, checked.</summary>
    internal OutputFile File { get; private set; } = null!;

    /// <summary>Where what is left of the pool goes, checked.</summary>
    internal OutputFile? PoolFile { get; private set; }

    /// <summary>Turns the paths as they are written into those of files, and refuses an output that cannot be written.</summary>
    internal void Locate(ToolRun run)
    {
        if (Genome is not null) Genome = run.Input(Genome);
        if (Features is not null) Features = run.Input(Features);
        if (Inside is not null) Inside = run.Input(Inside);
        if (Pool is not null) Pool = run.Input(Pool);
        if (Predictions is not null) Predictions = run.Input(Predictions);
        Exclude = [.. Exclude.Select(run.Input)];
        string[] inputs =
        [
            .. PathPatterns.Expand(Data, run.Input), .. Exclude,
            .. new[] { Genome, Features, Inside, Pool, Predictions }.OfType<string>(),
        ];
        Output = run.Output(Output);
        File = run.File(Output, Force, inputs);
        RowWriter.Check(File);
        if (PoolOutput is null) return;
        PoolOutput = run.Output(PoolOutput);
        PoolFile = OutputFile.Check(PoolOutput, Force, inputs);
        RowWriter.Check(PoolFile);
        PoolFile.RefuseTwice(File);
    }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext)) yield return problem;
        if (Constants.Problem(Add) is { } constant) yield return new(constant, [nameof(Add)]);
        if (How == NegativeSource.Sites != (Data.Length == 0))
            yield return new(How == NegativeSource.Sites ? "is not taken by --how sites: the sites come from --features."
                : "is needed: the positives.", [nameof(Data)]);
        if (How is NegativeSource.Genome or NegativeSource.Sites && Genome is null)
            yield return new("is needed: a FASTA file.", [nameof(Genome)]);
        if (How == NegativeSource.Sites && Features is null) yield return new("is needed: BED or GFF with the sites.", [nameof(Features)]);
        if (How == NegativeSource.Sites && WindowShape.TryParse(Window, false, out _) is { } shape)
            yield return new(shape, [nameof(Window)]);
        if (How == NegativeSource.Sites && Anchor.Any(a => a is not (Windows.Anchor.Donor or Windows.Anchor.Acceptor))
            && (Motif.Length == 0 || (MotifAt is null && MotifWithin is null)))
            yield return new("and --motif-at or --motif-within are needed for sites other than donor and acceptor.", [nameof(Motif)]);
        if (SignalMotif.Problem(Motif, MotifWithin, CutMotif, Window) is { } motif) yield return new(motif.Problem, [motif.Option]);
        if (CutMotif && MotifWithin is null) yield return new("goes with --motif-within.", [nameof(CutMotif)]);
        if (MotifAt is not null && MotifWithin is not null) yield return new("does not go with --motif-within.", [nameof(MotifAt)]);
        if (Anchor.Contains(Windows.Anchor.Whole)) yield return new("cannot be 'whole'; a site is a position.", [nameof(Anchor)]);
        if (How == NegativeSource.Adversarial && Pool is null) yield return new("is needed: the table that was predicted.", [nameof(Pool)]);
        if (How == NegativeSource.Adversarial && Predictions is null)
            yield return new("is needed: what 'host predict' wrote for the pool.", [nameof(Predictions)]);
    }
}
