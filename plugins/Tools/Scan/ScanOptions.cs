using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Genomics;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Scan;

/// <summary>How windows that share bases become one number for each base.</summary>
public enum Merge
{
    /// <summary>The mean.</summary>
    Mean,

    /// <summary>The largest.</summary>
    Maximum,

    /// <summary>
    /// Each window counts for the stride around its middle alone: for models of what lies in the middle, as splice sites.
    /// </summary>
    Centre,
}

/// <summary>Options of <c>host scan</c>.</summary>
[Example("host scan runs/promoters genome.fa.gz --output places.bed")]
[Example("host scan runs/promoters genome.fa --region chr2R:1000001-2000000 --output track.bw --windows windows.tsv")]
[Example("host scan runs/promoters genome.fa --output places.bed --truth tss.bed --tolerance 500 --report scan-report")]
public sealed class ScanOptions : IValidatableObject
{
    /// <summary>The model.</summary>
    [Description("A run folder, a model folder or an imported one. In a pipeline it is left out: the model trained before.")]
    [Positional("MODEL")]
    public string Model { get; set; } = "";

    /// <summary>The genomes.</summary>
    [Required, MinLength(1)]
    [Description(
        "Genomes as FASTA, packed or not, - for standard input; or BED or GFF of stretches, with --genome. * and ? stand for parts of a "
        + "name.")]
    [Positional("INPUT")]
    public string[] Input { get; set; } = [];

    /// <summary>The genome that stretches lie on.</summary>
    [ValueName("FILE")]
    [Description("The genome that the stretches of INPUT lie on: a FASTA file.")]
    public string? Genome { get; set; }

    /// <summary>Stretches of genomes.</summary>
    [ValueName("CHROMOSOME:FIRST-LAST")]
    [Description("Only this stretch: CHROMOSOME:FIRST-LAST, counted from 1, both included. May be repeated.")]
    public string[] Region { get; set; } = [];

    /// <summary>What is written.</summary>
    [Required, ValueName("FILE")]
    [Description("What to write: .bed for peaks; .bedgraph or .bw (bigWig) for the track; .tsv, .csv, .jsonl or .parquet for windows.")]
    public string Output { get; set; } = "";

    /// <summary>A track beside.</summary>
    [ValueName("FILE"), Description("Also write this: the track, as .bedgraph or .bw.")]
    public string? Track { get; set; }

    /// <summary>Windows beside.</summary>
    [ValueName("FILE"), Description("Also write this: all outputs of each window, as .tsv, .csv, .jsonl or .parquet.")]
    public string? Windows { get; set; }

    /// <summary>A page about it.</summary>
    [ValueName("DIR"), Description("Also write this folder: report.html, complete in itself, with figures as SVG beside it.")]
    public string? Report { get; set; }

    /// <summary>Bases of a window.</summary>
    [Range(1, 1 << 24), Description("Bases of a window; as many as the model takes unless set. What it was trained on is often better.")]
    public int? Window { get; set; }

    /// <summary>Bases from window to window.</summary>
    [Range(1, 1 << 24), Description("Bases from the start of a window to that of the next; half a window unless set.")]
    public int? Stride { get; set; }

    /// <summary>Bases that are not known.</summary>
    [Range(0.0, 1.0), Description("Windows with a larger share of bases other than A, C, G and T are left out and counted.")]
    public double MaxN { get; set; } = 0.5;

    /// <summary>Reads both strands.</summary>
    [Description("Read each window as its reverse complement too; what is written is the mean.")]
    public bool BothStrands { get; set; }

    /// <summary>Which output.</summary>
    [ValueName("NAME"),
        Description("Which class or output becomes track and peaks; the last unless set, which of two classes is the positive.")]
    public string? Class { get; set; }

    /// <summary>How windows are merged.</summary>
    [Description("How windows that share bases become one number for each base: mean; maximum; or centre, by which a "
        + "window counts for the stride around its middle alone (of models trained on what lies in the middle, such as splice sites).")]
    public Merge Merge { get; set; } = Merge.Mean;

    /// <summary>Bases of a bin.</summary>
    [Range(1, 1 << 24), Description("Bases of the track that become one number, merged likewise; 1 is exact.")]
    public int Bin { get; set; } = 1;

    /// <summary>Where peaks begin.</summary>
    [Description("Peaks are where the track is at least this; 0.5 unless set, and needed where outputs are no probabilities.")]
    public double? Threshold { get; set; }

    /// <summary>Bases between peaks.</summary>
    [Range(0, 1 << 28), Description("Peaks that are no farther apart than this become one.")]
    public int MergeDistance { get; set; }

    /// <summary>Shortest peak.</summary>
    [Range(1, 1 << 28), Description("Peaks of fewer bases are left out.")]
    public int MinLength { get; set; } = 1;

    /// <summary>The truth.</summary>
    [ValueName("FILE"), Description("BED or GFF of true places, for precision, recall and the figures of windows.")]
    public string? Truth { get; set; }

    /// <summary>How near is right.</summary>
    [Range(0, 1 << 28), Description("A peak is right whose summit is no farther than so many bases from a true place.")]
    public int Tolerance { get; set; } = 500;

    /// <summary>Fields of samples.</summary>
    [ValueName("NAME=VALUE"), Description(GivenFields.Help)]
    public string[] Field { get; set; } = [];

    /// <summary>Where it is computed.</summary>
    [Description("auto, cpu or cuda:N; in a pipeline the run's.")]
    public string Device { get; set; } = "auto";

    /// <summary>Size of batches.</summary>
    [Range(1, 1 << 28), Description("Tokens computed at once; 4,096 on a CPU and 65,536 on a GPU unless set.")]
    public int? BatchTokens { get; set; }

    /// <summary>Replaces what is there.</summary>
    [Description(OutputFile.ForceHelp + " A scan that was stopped begins anew.")]
    public bool Force { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var wrong in Region.Select(Stretch.Complaint).OfType<string>()) yield return new(wrong, [nameof(Region)]);
        if (Threshold is { } threshold && !double.IsFinite(threshold)) yield return new("must be a number.", [nameof(Threshold)]);
        if (Window is { } window && Stride > window)
            yield return new($"must not be more than the window's {window}: bases between windows would never be read.", [nameof(Stride)]);
    }
}
