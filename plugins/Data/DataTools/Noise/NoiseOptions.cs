using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Plugins.DataTools.Output;
using PluginHost.Plugins.DataTools.Rows;

namespace PluginHost.Plugins.DataTools.Noise;

/// <summary>Options of <c>host data noise</c>.</summary>
[Example("host data noise telomeres.fa --output noise.csv --count 11000")]
[Example("host data noise genome.fa --output noise.csv --substitutions 0.02 --insertions 0.01 --deletions 0.01 --dispersion 1")]
internal sealed class NoiseOptions : RowOptions
{
    [Description("Where segments come from: FASTA files or tables of sequences.")]
    [Positional("DATA")]
    [MinLength(1)]
    public string[] Data { get; set; } = [];

    [Description("The table or FASTA file to write; what it was made with goes into a file of that name and .json.")]
    [Required]
    public string Output { get; set; } = "";

    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }

    [Description("Segments to write, clean and noisy together, in turn.")]
    [Range(2, 100_000_000)]
    public int Count { get; set; } = 2000;

    [Description("Bases of a segment, noise included, so that lengths tell nothing.")]
    [Range(4, 1_000_000)]
    public int Length { get; set; } = 512;

    [Description("Mean substitutions of a base.")]
    [Range(0.0, 0.3)]
    public double Substitutions { get; set; } = 0.01;

    [Description("Mean insertions of a base, one base each.")]
    [Range(0.0, 0.3)]
    public double Insertions { get; set; } = 0.005;

    [Description("Mean deletions of a base, one base each.")]
    [Range(0.0, 0.3)]
    public double Deletions { get; set; } = 0.005;

    [Description("Size of the negative binomial distributions the counts of a segment are drawn from: variance = mean + mean^2 / size. "
        + "Small: most segments have few errors and some many; very large: Poisson.")]
    [Range(0.01, 1e6)]
    public double Dispersion { get; set; } = 2;

    [Description("Fewest errors of a noisy segment; counts are drawn again below that.")]
    [Range(0, 1000)]
    public int Least { get; set; } = 1;

    [Description("Make each noisy segment from the clean one before it, in place of one of its own.")]
    public bool Paired { get; set; }

    [Description("Label of clean segments.")]
    [Required]
    public string CleanLabel { get; set; } = "1";

    [Description("Label of noisy segments.")]
    [Required]
    public string NoisyLabel { get; set; } = "0";

    [Description("What is drawn follows from this alone.")]
    public ulong Seed { get; set; } = 1;

    /// <summary>The output, checked.</summary>
    internal OutputFile File { get; private set; } = null!;

    /// <summary>What says how it was made; null beside a stream.</summary>
    internal OutputFile? Record { get; private set; }

    /// <summary>Turns the paths as they are written into those of files, and refuses an output that cannot be written.</summary>
    internal void Locate(ToolRun run)
    {
        Output = run.Output(Output);
        var inputs = PathPatterns.Expand(Data, run.Input);
        File = run.File(Output, Force, inputs);
        RowWriter.Check(File);
        if (!File.IsStream) Record = OutputFile.Check(Output + ".json", Force, inputs);
    }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext)) yield return problem;
        if (Substitutions + Insertions + Deletions <= 0)
            yield return new("must not all be 0: with --insertions and --deletions they are the noise.", [nameof(Substitutions)]);
        if (CleanLabel == NoisyLabel) yield return new("must differ from --clean-label.", [nameof(NoisyLabel)]);
    }
}
