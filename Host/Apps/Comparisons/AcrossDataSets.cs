using PluginHost.Libs.Statistics;

namespace PluginHost.Host.Apps.Comparisons;

/// <summary>Two models over many data sets.</summary>
/// <param name="First">One model.</param>
/// <param name="Second">The other.</param>
/// <param name="Metric">The metric, or several where data sets differ in theirs.</param>
/// <param name="DataSets">Data sets that both have the figure on.</param>
/// <param name="Test">Of the differences.</param>
public sealed record AcrossDataSets(string First, string Second, string Metric, IReadOnlyList<DataSetDifference> DataSets,
    WilcoxonSignedRank Test)
{
    /// <summary>Data sets on which the figure of one is undefined.</summary>
    public IReadOnlyList<string> Undefined { get; init; } = [];

    /// <summary>Compares.</summary>
    /// <param name="first">One model.</param>
    /// <param name="second">The other.</param>
    /// <param name="metric">The metric; null for each data set's own.</param>
    public static AcrossDataSets Of(ScoredModel first, ScoredModel second, string? metric)
    {
        List<DataSetDifference> differences = [];
        List<string> undefined = [];
        SortedSet<string> used = new(StringComparer.Ordinal);
        foreach (var (name, a) in first.DataSets)
        {
            var wanted = metric ?? a.Metric;
            if (!second.DataSets.TryGetValue(name, out var b) || !a.Metrics.TryGetValue(wanted, out var one)
                || !b.Metrics.TryGetValue(wanted, out var other)) continue;
            if (double.IsNaN(one.Mean - other.Mean))
            {
                undefined.Add(name);
                continue;
            }
            used.Add(wanted);
            differences.Add(new(name, one.Mean - other.Mean));
        }
        return new(first.Label, second.Label, string.Join(", ", used), differences,
            WilcoxonSignedRank.Test(differences.Select(d => d.Difference)))
        {
            Undefined = undefined,
        };
    }
}

/// <summary>A difference on one data set.</summary>
/// <param name="DataSet">Its name.</param>
/// <param name="Difference">First - second, of means over seeds.</param>
public sealed record DataSetDifference(string DataSet, double Difference);
