using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Cli.Commands.Options;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Host.Cli.Commands.Runs;

/// <summary>Options of <c>host compare</c>.</summary>
[Example("host compare runs/small runs/large")]
[Example("host compare small.tsv large.tsv --metrics mcc,auroc --resamples 10000 --output difference.json")]
[Example("host compare runs/gue --models small,large")]
public sealed class CompareOptions
{
    /// <summary>What is compared.</summary>
    [Required, Positional("FIRST"), Description("A table of predictions, a run folder, or a benchmark folder.")]
    public string First { get; set; } = "";

    /// <summary>With what; left out for the models of one benchmark.</summary>
    [Positional("SECOND"), Description("Another, on the same test set; for benchmarks, on the same data sets.")]
    public string? Second { get; set; }

    /// <summary>Models of benchmarks.</summary>
    [Several(Commas = true), Description("Two models of the benchmarks to compare; all pairs if left out."), ValueName("NAME")]
    public IReadOnlyList<string> Models { get; set; } = [];

    /// <summary>Stage of run folders.</summary>
    [Description("The evaluate stage of the run folders; needed when there are several."), ValueName("NAME")]
    public string? Stage { get; set; }

    /// <summary>Metrics.</summary>
    [Several(Commas = true), ValueName("NAME")]
    [Description("Metrics to compare; mcc, f1, accuracy and, for two classes, auroc and auprc if left out.")]
    public IReadOnlyList<string> Metrics { get; set; } = [];

    /// <summary>Of the bootstrap.</summary>
    [ZeroOr(100, 1_000_000), Description("Resamples of the paired bootstrap; 0 for none."), ValueName("N")]
    public int Resamples { get; set; } = 2_000;

    /// <summary>Of the bootstrap.</summary>
    [Description("Seeds the bootstrap."), ValueName("N")]
    public ulong Seed { get; set; } = 42;

    /// <summary>A file.</summary>
    [Description("A JSON file to write the comparison to as well."), ValueName("FILE"), ShortName("-o")]
    public string? Output { get; set; }

    /// <summary>Whether an output that is there is replaced.</summary>
    [Description(OutputFile.ForceHelp)]
    public bool Force { get; set; }
}
