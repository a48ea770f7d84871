namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>What a benchmark does with its data sets.</summary>
public enum Protocol
{
    /// <summary>Trains and tests on each data set.</summary>
    Each,

    /// <summary>
    /// Takes the data sets for groups of one task (species, tissues): trains on one and tests on each, then trains on all.
    /// </summary>
    Groups,
}

/// <summary>What is kept of a run that is done, beside its figures and predictions.</summary>
public enum Keep
{
    /// <summary>The model folder.</summary>
    Models,

    /// <summary>The model folder and the checkpoints.</summary>
    Everything,

    /// <summary>Neither.</summary>
    Predictions,
}

/// <summary>What <c>host benchmark</c> is asked. Kept in the benchmark's folder, so that it goes on by itself.</summary>
public sealed record BenchmarkRequest
{
    /// <summary>A name of <see cref="SuiteFiles"/>, or a file.</summary>
    public required string Suite { get; init; }

    /// <summary>Full path of the folder with the data sets.</summary>
    public required string Data { get; init; }

    /// <summary>Models as named on the command line: [NAME=]pipeline file, or [NAME=]model folder.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>The pipeline that model folders are fine-tuned by.</summary>
    public string? Pipeline { get; init; }

    /// <summary>The metric of every row; the suite's when null.</summary>
    public string? Metric { get; init; }

    /// <summary>Data sets to use, by name; all that are found when empty.</summary>
    public IReadOnlyList<string> DataSets { get; init; } = [];

    /// <summary>Seeds of fine-tuning; the pipeline's own when empty.</summary>
    public IReadOnlyList<ulong> Seeds { get; init; } = [];

    /// <summary>Overrides of every pipeline.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Share of training samples held out where there is no dev split.</summary>
    public double DevShare { get; init; } = 0.1;

    /// <summary>Percent of each data set's training labels that fine-tuning reads.</summary>
    public double Labels { get; init; } = 100;

    /// <summary>From which identity a test sequence counts as nearly known from training; 0 not to look.</summary>
    public double Identity { get; init; } = 0.95;

    /// <summary>FASTA files for tables of places.</summary>
    public IReadOnlyList<string> Genome { get; init; } = [];

    /// <summary>What is done with the data sets.</summary>
    public Protocol Protocol { get; init; }

    /// <summary>What is kept.</summary>
    public Keep Keep { get; init; }

    /// <summary><c>auto</c>, <c>cpu</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "auto";
}
