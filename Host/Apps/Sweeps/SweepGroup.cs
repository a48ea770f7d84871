using MathNet.Numerics.Statistics;
using PluginHost.Host.Pipelines.Sweeps;

namespace PluginHost.Host.Apps.Sweeps;

/// <summary>Runs that differ in nothing but seed and fold.</summary>
/// <param name="Factors">What they have in common.</param>
/// <param name="Runs">In order.</param>
public sealed record SweepGroup(IReadOnlyList<Factor> Factors, IReadOnlyList<FinishedRun> Runs)
{
    /// <summary>What it is called in tables; empty when all runs are repetitions of one.</summary>
    public string Label => Runs[0].Factors.Count == 0 ? Runs[0].Name : string.Join(", ", Factors);

    /// <summary>Gathers runs.</summary>
    public static IReadOnlyList<SweepGroup> Of(IEnumerable<FinishedRun> runs) =>
        [.. runs.GroupBy(r => r.Factors.Count == 0 ? r.Name : string.Join('\n', r.Factors.Where(f => !f.IsRepetition)))
            .Select(g => new SweepGroup([.. g.First().Factors.Where(f => !f.IsRepetition)], [.. g]))];

    /// <summary>Mean and sample deviation (n - 1) of every figure that all rows have; figures that are not numbers make neither.</summary>
    public static (IReadOnlyDictionary<string, double> Mean, IReadOnlyDictionary<string,
        double> Deviation) Spread(IReadOnlyList<IReadOnlyDictionary<string, double>> rows)
    {
        var names = rows[0].Keys.Where(name => rows.All(r => r.ContainsKey(name))).ToList();
        return (names.ToDictionary(n => n, n => rows.Select(r => r[n]).Mean()),
            names.ToDictionary(n => n, n => rows.Select(r => r[n]).StandardDeviation()));
    }
}
