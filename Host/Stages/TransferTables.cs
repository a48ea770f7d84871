using System.Globalization;
using PluginHost.Host.Runs;
using PluginHost.Host.Terminal;

namespace PluginHost.Host.Stages;

/// <summary>
/// What a model trained on one group scores on the others: of variants named after what they were trained on, and evaluate stages named
/// <c>on-GROUP</c>.
/// </summary>
/// <param name="runs">The variants with their finished stages.</param>
/// <param name="metric">The metric compared; higher is better.</param>
public sealed class TransferTables(IReadOnlyList<(string Name, IReadOnlyList<StageRecord> Stages)> runs, string metric)
{
    private const string Prefix = "on-";

    /// <summary>The groups tested on, in the order of their stages.</summary>
    public IReadOnlyList<string> Groups { get; } =
        [.. runs.SelectMany(r => r.Stages).Where(s => s.Name.StartsWith(Prefix, StringComparison.Ordinal) && s.Metrics.Count > 0).Select(s => s.Name[Prefix.Length..]).Distinct()];

    /// <summary>The metrics that every such stage has.</summary>
    public static IReadOnlyList<string> Metrics(IEnumerable<(string Name, IReadOnlyList<StageRecord> Stages)> runs) =>
        [.. runs.SelectMany(r => r.Stages).Where(s => s.Name.StartsWith(Prefix, StringComparison.Ordinal)).SelectMany(s => s.Metrics.Keys).Distinct()];

    /// <summary>The score of a variant, or of a trivial predictor fitted on its data, on a group; not a number where there is none.</summary>
    public double Score(string trainedOn, string testedOn, string? baseline = null)
    {
        var stage = runs.FirstOrDefault(r => r.Name == trainedOn).Stages?.FirstOrDefault(s => s.Name == Prefix + testedOn);
        var figures = baseline is null ? stage?.Metrics : stage?.Baselines.FirstOrDefault(b => b.Name == baseline)?.Metrics;
        return figures is not null && figures.TryGetValue(metric, out var value) ? value : double.NaN;
    }

    /// <summary>Rows: what was trained on, and beneath each the trivial predictors fitted on the same. Columns: the group tested on.</summary>
    public ResultTable Scores()
    {
        var table = new ResultTable($"{metric} on the test set of each group", ["trained on", .. Groups, "mean of other groups"]);
        foreach (var (name, stages) in runs)
        {
            Add(table, name, g => Score(name, g), name);
            foreach (var baseline in stages.Where(s => s.Name.StartsWith(Prefix, StringComparison.Ordinal)).SelectMany(s => s.Baselines).Select(b => b.Name).Distinct())
                Add(table, $"  {baseline}", g => Score(name, g, baseline), name);
        }
        return table;
    }

    /// <summary>The same divided by the score of the model that was trained on the group it is tested on.</summary>
    public ResultTable Ratios()
    {
        var table = new ResultTable($"Ratio to training within the group ({metric})", ["trained on", .. Groups, "mean of other groups"]);
        foreach (var (name, _) in runs) Add(table, name, g => Ratio(name, g), name);
        return table;
    }

    private double Ratio(string trainedOn, string testedOn) =>
        Score(testedOn, testedOn) is > 0 and var within ? Score(trainedOn, testedOn) / within : double.NaN;

    private void Add(ResultTable table, string row, Func<string, double> figure, string trainedOn)
    {
        // All groups but the one that training knows; 'all' knows every one.
        var others = Groups.Where(g => g != trainedOn && (!trainedOn.StartsWith("all", StringComparison.Ordinal) || trainedOn == $"all-but-{g}")).Select(figure).Where(double.IsFinite).ToList();
        table.Add([row, .. Groups.Select(g => Show(figure(g))), others.Count == 0 ? "" : Show(others.Average())]);
    }

    private static string Show(double value) => double.IsNaN(value) ? "-" : value.ToString("0.0000", CultureInfo.InvariantCulture);
}
