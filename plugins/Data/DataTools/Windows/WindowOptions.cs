using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Plugins.DataTools.Output;

namespace PluginHost.Plugins.DataTools.Windows;

/// <summary>What a window is laid around.</summary>
internal enum Anchor
{
    /// <summary>The feature's 5' end, such as a transcription start.</summary>
    Start,

    /// <summary>Its 3' end.</summary>
    End,

    /// <summary>Its middle.</summary>
    Center,

    /// <summary>The feature itself.</summary>
    Whole,

    /// <summary>An intron's first base.</summary>
    Donor,

    /// <summary>The first base after an intron.</summary>
    Acceptor,
}

/// <summary>What is done about runs of N.</summary>
internal enum HardMasked
{
    /// <summary>They stay.</summary>
    Keep,

    /// <summary>Windows with more than maxN of them are left out.</summary>
    Skip,

    /// <summary>Tiles end at them.</summary>
    Split,

    /// <summary>They are cut out and the sides joined.</summary>
    Delete,
}

/// <summary>What is done about windows that reach beyond a chromosome.</summary>
internal enum AtEnds
{
    /// <summary>They are left out.</summary>
    Skip,

    /// <summary>N stands for what is missing.</summary>
    Pad,

    /// <summary>They are shorter.</summary>
    Clip,
}

/// <summary>Options of <c>host data windows</c>.</summary>
[Example("host data windows --genome genome.fa --features genes.gff --type gene --window promoter --output promoters.csv")]
[Example("host data windows --genome genome.fa --features genes.gtf --anchor donor --anchor acceptor --window -50..49 --output splice.csv")]
[Example("host data windows --genome genome.fa --features peaks.bed --anchor center --window -50..50 --output peaks.csv")]
[Example("host data windows --genome genome.fa --features genes.gtf --type start_codon --motif ATG --cut-motif --window -300..302 --output "
    + "tis.csv")]
[Example("host data windows --genome genome.fa --tiles 1000 --overlap 100 --hard-masked split --output tiles.fa.gz")]
internal sealed class WindowOptions : IValidatableObject
{
    [Description("The genome: a FASTA file, plain, bgzip or gzip.")]
    [Required]
    public string Genome { get; set; } = "";

    [Description("The table or FASTA file to write: .csv, .tsv or .fa, with .gz packed as bgzip.")]
    [Required]
    public string Output { get; set; } = "";

    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }

    [Description("BED or GFF (GFF3, GTF) with what to lay windows around; with --tiles, what makes a tile positive.")]
    public string? Features { get; set; }

    [Description("Only GFF features of this type, for example gene; exons for --anchor donor and acceptor (exon, or CDS where there is "
        + "none, unless set).")]
    public string? Type { get; set; }

    [Description("What windows are laid around: start, the feature's 5' end; end; center; whole; donor and acceptor, the first base of "
        + "each intron and of what follows it. May be repeated.")]
    [MinLength(1)]
    public Anchor[] Anchor { get; set; } = [Windows.Anchor.Start];

    [Description("First and last position relative to the anchor, which is 0, both included: -249..50; or promoter for -249..50, "
        + "core-promoter for -34..35. Downstream is positive on either strand. With --anchor whole: bases added on both sides, 0 "
        + "unless set.")]
    public string? Window { get; set; }

    [Description("Motif of a signal, such as ATG or AATAAA: windows are laid around it, its first base being 0, and features without it "
        + "are left out. Several of one length, the preferred first, separated by commas.")]
    public string[] Motif { get; set; } = [];

    [Description("With --motif, first and last position of its first base relative to --anchor: -40..-6 for the signal before a "
        + "transcript's end. The preferred motif that is nearest to the anchor is taken. 0..0 unless set: at the anchor.")]
    public string? MotifWithin { get; set; }

    [Description("Cuts the motif out of each window and joins the sides, so that a model must recognise the signal by its surroundings "
        + "(DNAGPT: 300 bases on each side).")]
    public bool CutMotif { get; set; }

    [Description("Length of tiles laid one after another over the genome, in place of windows around features.")]
    [Range(1, 1 << 28)]
    public int? Tiles { get; set; }

    [Description("Bases that neighbouring tiles share.")]
    [Range(0, 1 << 28)]
    public int Overlap { get; set; } = 100;

    [Description("Shortest tile, for the last of a stretch; half a tile unless set.")]
    [Range(1, 1 << 28)]
    public int? MinLength { get; set; }

    [Description("Share of a tile that features must cover for label 1; 0 for the others.")]
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Covered { get; set; } = 0.5;

    [Description("Label of windows around features: text, in which {name}, {type}, {anchor}, {strand} and {KEY} of a GFF attribute are "
        + "filled in; 'none' for no labels. 1 unless set, or {anchor} where there are several.")]
    public string? Label { get; set; }

    [Description("A column with the same value in every row, as NAME=VALUE, for example species=human. May be repeated.")]
    public string[] Add { get; set; } = [];

    [Description("Records to use, by name or pattern (chr*), separated by commas; all unless set.")]
    public string[] Records { get; set; } = [];

    [Description("Runs of N: keep; skip, leave windows out with more than --max-n of them; split, end tiles there; delete, cut them out "
        + "and join the sides.")]
    public HardMasked HardMasked { get; set; } = HardMasked.Skip;

    [Description("Largest share of N in a window, for --hard-masked skip.")]
    [Range(0.0, 1.0)]
    public double MaxN { get; set; }

    [Description("Windows reaching beyond a chromosome: skip; pad with N; clip.")]
    public AtEnds Ends { get; set; } = AtEnds.Skip;

    /// <summary>The output, checked.</summary>
    internal OutputFile File { get; private set; } = null!;

    /// <summary>Turns the paths as they are written into those of files, and refuses an output that cannot be written.</summary>
    internal void Locate(ToolRun run)
    {
        Genome = run.Input(Genome);
        if (Features is not null) Features = run.Input(Features);
        Output = run.Output(Output);
        File = run.File(Output, Force, [Genome, Features ?? ""]);
        RowWriter.Check(File);
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Tiles is null && Features is null)
            yield return new("is needed: BED or GFF to lay windows around, or else --tiles.", [nameof(Features)]);
        if (Constants.Problem(Add) is { } constant) yield return new(constant, [nameof(Add)]);
        if (Tiles <= Overlap)
            yield return new($"must be longer than what neighbours share, {Overlap} bases; make tiles longer, or set --overlap (100 unless "
                + "set; 0 for tiles that share nothing).", [nameof(Tiles)]);
        if (Tiles is not null && Window is not null) yield return new("does not go with --tiles.", [nameof(Window)]);
        if (Tiles is null && HardMasked == HardMasked.Split)
            yield return new("cannot be 'split' for windows around features; it ends tiles.", [nameof(HardMasked)]);
        if (Tiles is null && WindowShape.TryParse(Window, Anchor.Contains(Windows.Anchor.Whole), out _) is { } problem)
            yield return new(problem, [nameof(Window)]);
        if (Motif.Length > 0 && (Tiles is not null || Anchor.Contains(Windows.Anchor.Whole)))
            yield return new("does not go with --tiles or --anchor whole.", [nameof(Motif)]);
        else if (SignalMotif.Problem(Motif, MotifWithin, CutMotif, Window) is { } motif) yield return new(motif.Problem, [motif.Option]);
        if (Anchor.Contains(Windows.Anchor.Whole) && Anchor.Length > 1) yield return new("'whole' goes alone.", [nameof(Anchor)]);
    }
}
