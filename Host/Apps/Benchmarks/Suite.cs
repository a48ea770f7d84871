namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>A published collection of data sets, as a file of <c>suites/</c> describes it.</summary>
public sealed record Suite
{
    /// <summary>What <c>--suite</c> calls it.</summary>
    public required string Name { get; init; }

    /// <summary>In words.</summary>
    public string Title { get; init; } = "";

    /// <summary>Where it was introduced.</summary>
    public string Source { get; init; } = "";

    /// <summary>The metric its figures are in, where a data set does not say otherwise; null for the objective's own.</summary>
    public string? Metric { get; init; }

    /// <summary>What figures are multiplied by in tables, and published ones were: 1, or 100 for per cent.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What a reader of the figures must know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The data sets; empty for a suite that takes whatever is found.</summary>
    public IReadOnlyList<SuiteDataSet> DataSets { get; init; } = [];

    /// <summary>Published figures, a row a model and metric.</summary>
    public IReadOnlyList<PublishedModel> Published { get; init; } = [];
}

/// <summary>One data set of a suite.</summary>
public sealed record SuiteDataSet
{
    /// <summary>Its name in tables.</summary>
    public required string Name { get; init; }

    /// <summary>In words.</summary>
    public string Title { get; init; } = "";

    /// <summary>Folders it may be in, relative to the data or to any folder in it.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Its metric, where it is not the suite's.</summary>
    public string? Metric { get; init; }
}

/// <summary>Figures a paper prints for one model.</summary>
public sealed record PublishedModel
{
    /// <summary>What the paper calls it.</summary>
    public required string Model { get; init; }

    /// <summary>Paper and table.</summary>
    public required string Source { get; init; }

    /// <summary>The metric, where it is not the data set's own.</summary>
    public string? Metric { get; init; }

    /// <summary>What the figures were multiplied by, where it is not the suite's scale.</summary>
    public double? Scale { get; init; }

    /// <summary>Figures by data set, as printed.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>Deviations by data set, as printed, where the paper gives them.</summary>
    public IReadOnlyDictionary<string, double> Deviations { get; init; } = new Dictionary<string, double>();
}
