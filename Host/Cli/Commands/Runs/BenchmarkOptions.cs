using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Apps.Benchmarks;
using PluginHost.Host.Cli.Commands.Options;
using PluginHost.Libs.Genomics.Fasta;

namespace PluginHost.Host.Cli.Commands.Runs;

/// <summary>Options of <c>host benchmark</c>.</summary>
[Example("host benchmark --suite gue --data GUE --model finetune.yaml --seeds 1,2,3")]
[Example("host benchmark --suite nt --data nucleotide_transformer_downstream_tasks --model small=runs/small large=runs/large "
    + "--pipeline finetune.yaml")]
[Example("host benchmark --suite folder --data species --protocol groups --model finetune.yaml")]
[Example("host benchmark --resume runs/gue-20260101-120000")]
public sealed class BenchmarkOptions
{
    /// <summary>A name, or a file.</summary>
    [SuiteHelp, ValueName("NAME")]
    public string? Suite { get; set; }

    /// <summary>Where the data sets are.</summary>
    [Description("The folder that holds the data sets, at any depth up to four."), ValueName("DIR")]
    public string? Data { get; set; }

    /// <summary>What is benchmarked.</summary>
    [Several, ValueName("[NAME=]PATH"), ShortName("-m")]
    [Description("A pipeline that trains a model, or the folder of a trained one; NAME= before it names it. May be repeated.")]
    public IReadOnlyList<string> Model { get; set; } = [];

    /// <summary>For model folders.</summary>
    [Description("The pipeline whose finetune stage model folders are trained by."), ValueName("FILE"), ShortName("-p")]
    public string? Pipeline { get; set; }

    /// <summary>Names.</summary>
    [Several(Commas = true), Description("Data sets to use; all that are found if left out."), ValueName("NAME")]
    public IReadOnlyList<string> Datasets { get; set; } = [];

    /// <summary>Of the table.</summary>
    [Description("The metric of the table; the suite's if left out. benchmark.csv and benchmark.json have all."), ValueName("NAME")]
    public string? Metric { get; set; }

    /// <summary>Of fine-tuning.</summary>
    [Several(Commas = true), Description("Seeds to fine-tune with; the pipeline's own if left out."), ValueName("N,N")]
    public IReadOnlyList<ulong> Seeds { get; set; } = [];

    /// <summary>Overrides.</summary>
    [Description(CommonHelp.Set), ValueName("PATH=VALUE")]
    public IReadOnlyList<string> Set { get; set; } = [];

    /// <summary>What is trained and tested on what.</summary>
    [Description("each: train and test on each data set. groups: take them for groups (species, tissues), train on one and test on each, "
        + "then train on all.")]
    public Protocol Protocol { get; set; }

    /// <summary>Of the training samples.</summary>
    [Range(0, 0.9), Description("Share of the training samples held out for development where there is no dev split."), ValueName("SHARE")]
    public double DevShare { get; set; } = 0.1;

    /// <summary>Share of the labels.</summary>
    [ValueName("PERCENT"), Range(0.001, 100)]
    [Description("Percent of each data set's training labels that fine-tuning reads: the same rows of each label for every seed, at least "
        + "one. Pretraining on a data set's sequences, { of: STAGE }, reads all of them.")]
    public double Labels { get; set; } = 100;

    /// <summary>From which a test sequence counts as known.</summary>
    [ZeroOr(0.7, 1), ValueName("SHARE")]
    [Description("From this identity a test sequence counts as nearly known from training; 0 not to look.")]
    public double Identity { get; set; } = 0.95;

    /// <summary>FASTA files.</summary>
    [Several, Description("FASTA files on which tables of places are looked up."), ValueName("FILE")]
    public IReadOnlyList<string> Genome { get; set; } = [];

    /// <summary>Of finished runs.</summary>
    [Description("What is kept of finished runs beside figures and predictions: models, everything, predictions.")]
    public Keep Keep { get; set; }

    /// <summary>The benchmark's folder.</summary>
    [Description("The benchmark's folder; runs/SUITE-TIME if left out. What an earlier benchmark did there is not repeated.")]
    [ValueName("DIR"), ShortName("-o")]
    public string? Output { get; set; }

    /// <summary>Where it runs.</summary>
    [Device, Description(CommonHelp.Device), ValueName(CommonHelp.DeviceName)]
    public string Device { get; set; } = "auto";

    /// <summary>An interrupted benchmark.</summary>
    [Description("Goes on in the folder of an interrupted benchmark, with what it was asked for."), ValueName("DIR")]
    public string? Resume { get; set; }
}
