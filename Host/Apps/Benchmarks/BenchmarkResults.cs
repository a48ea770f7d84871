using MathNet.Numerics.Statistics;

namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>Everything a benchmark found out: <c>benchmark.json</c>.</summary>
public sealed record BenchmarkResults
{
    /// <summary>Version of this file's layout.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Name of the suite.</summary>
    public required string Suite { get; init; }

    /// <summary>The suite in words.</summary>
    public string Title { get; init; } = "";

    /// <summary>Where the data lay.</summary>
    public string Data { get; init; } = "";

    /// <summary>What was done with the data sets.</summary>
    public Protocol Protocol { get; init; }

    /// <summary>The models, in order.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Data sets of the suite that were not found.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>What a reader of the figures must know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>A row a data set; for groups, one for every test group.</summary>
    public IReadOnlyList<DataSetResult> DataSets { get; init; } = [];

    /// <summary>Runs that failed, and why.</summary>
    public IReadOnlyList<FailedRun> Failures { get; init; } = [];
}

/// <summary>The figures of one data set.</summary>
public sealed record DataSetResult
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>In words.</summary>
    public string Title { get; init; } = "";

    /// <summary>Relative to the data.</summary>
    public string Folder { get; init; } = "";

    /// <summary>What it holds.</summary>
    public required DataSetFacts Facts { get; init; }

    /// <summary>The metric its row is about.</summary>
    public required string Metric { get; init; }

    /// <summary>Whether larger figures of that metric are better.</summary>
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>What its figures are multiplied by in tables.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>For groups: its test samples that are known from other groups' training, by group.</summary>
    public IReadOnlyDictionary<string, Leakage> KnownFrom { get; init; } = new Dictionary<string, Leakage>();

    /// <summary>The models.</summary>
    public IReadOnlyList<ScoredRow> Models { get; init; } = [];

    /// <summary>Trivial predictors.</summary>
    public IReadOnlyList<ScoredRow> Baselines { get; init; } = [];

    /// <summary>Published figures of all metrics, as shares: already divided by what the paper multiplied by.</summary>
    public IReadOnlyList<PublishedFigure> Published { get; init; } = [];
}

/// <summary>The figures of one model or baseline on one data set.</summary>
/// <param name="Name">The model or baseline.</param>
/// <param name="Metrics">By name.</param>
/// <param name="TrainedOn">For groups: what it was trained on.</param>
/// <param name="Predictions">Tables of predictions relative to the benchmark's folder, by seed.</param>
public sealed record ScoredRow(string Name, IReadOnlyDictionary<string, Spread> Metrics, string? TrainedOn = null,
    IReadOnlyDictionary<string, string>? Predictions = null)
{
    /// <summary>The same from random weights, where the pipeline asked for it.</summary>
    public ScratchFigures? FromRandomWeights { get; init; }
}

/// <summary>The figures of a model from random weights, and how the pretrained one compares with it sample by sample.</summary>
/// <param name="Metrics">By name.</param>
/// <param name="OnlyPretrained">Test samples that only the pretrained model gets right, over all seeds together.</param>
/// <param name="OnlyRandom">Test samples that only the one from random weights gets right.</param>
public sealed record ScratchFigures(IReadOnlyDictionary<string, Spread> Metrics, int OnlyPretrained, int OnlyRandom);

/// <summary>A published figure.</summary>
/// <param name="Model">The paper's name of the model.</param>
/// <param name="Source">Paper and table.</param>
/// <param name="Metric">Its metric.</param>
/// <param name="Value">As a share.</param>
/// <param name="Deviation">As a share; null where none is printed.</param>
public sealed record PublishedFigure(string Model, string Source, string Metric, double Value, double? Deviation);

/// <summary>A run that failed.</summary>
/// <param name="Run">Its folder, relative to the benchmark's.</param>
/// <param name="ExitCode">As of the process.</param>
/// <param name="Message">Why.</param>
public sealed record FailedRun(string Run, int ExitCode, string Message);

/// <summary>A figure over repetitions.</summary>
/// <param name="Values">By seed.</param>
public sealed record Spread(IReadOnlyDictionary<string, double> Values)
{
    /// <summary>Mean.</summary>
    public double Mean => Values.Count == 0 ? double.NaN : Values.Values.Average();

    /// <summary>Whether its mean is no worse than another's; false where either is undefined.</summary>
    public bool IsAsGoodAs(Spread other, bool higherIsBetter) => higherIsBetter ? Mean >= other.Mean : Mean <= other.Mean;

    /// <summary>Sample standard deviation (n - 1); null for a single value.</summary>
    public double? Deviation => Values.Count < 2 ? null : Values.Values.StandardDeviation();
}
