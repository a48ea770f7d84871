using System.Globalization;
using PluginHost.Host.Pipelines.Sweeps;
using PluginHost.Host.Records;
using PluginHost.Host.Stages;
using PluginHost.Libs.Figures;
using PluginHost.Libs.Statistics;
using Series = PluginHost.Libs.Figures.Series;

namespace PluginHost.Host.Apps.Sweeps;

/// <summary>
/// What a figure is at each share of the labels: of the model, of the same from random weights, and of trivial predictors. Repetitions
/// are averaged; the samples that only one of the two models gets right are counted over all of them.
/// </summary>
/// <param name="Stage">Name of the evaluate stage, with what else sets these runs apart from others.</param>
/// <param name="Split">Where the figures are from.</param>
/// <param name="Metric">The stage's first.</param>
/// <param name="Shares">Ascending.</param>
public sealed record LabelEfficiency(string Stage, string Split, string Metric, IReadOnlyList<LabelEfficiency.Share> Shares)
{
    /// <summary>The row of the model itself.</summary>
    public const string Model = "model";

    /// <summary>The figures at one share.</summary>
    /// <param name="Percent">Of the training rows.</param>
    /// <param name="Runs">Repetitions.</param>
    /// <param name="Rows">Figures of each row, a repetition each.</param>
    /// <param name="OnlyModel">Samples that only the model gets right, and not the one from random weights.</param>
    /// <param name="OnlyScratch">Samples that only the latter gets right.</param>
    public sealed record Share(double Percent, int Runs, IReadOnlyDictionary<string, IReadOnlyList<double>> Rows, int OnlyModel,
        int OnlyScratch);

    /// <summary>One for each stage, and each setting beside shares, that has two shares or more and figures.</summary>
    public static IReadOnlyList<LabelEfficiency> Of(IReadOnlyList<FinishedRun> runs)
    {
        var found = new List<LabelEfficiency>();
        foreach (var stage in runs.SelectMany(r => r.Stages).Where(s => s is { Kind: "evaluate", Metrics.Count: > 0 }).Select(s => s.Name)
            .Distinct())
            foreach (var alike in runs.Where(r => r.Stages.Any(s => s.Name == stage)).GroupBy(Setting))
            {
                var records = alike.Select(r => (Run: r, Record: r.Stages.First(s => s.Name == stage))).ToList();
                var shares = records.Where(r => Percent(r.Run) is not null).GroupBy(r => Percent(r.Run)!.Value).OrderBy(g => g.Key)
                    .Select(g => At(g.Key, [.. g.Select(r => r.Record)])).ToList();
                if (shares.Count < 2) continue;
                var first = records[0].Record;
                found.Add(new(alike.Key.Length == 0 ? stage : $"{stage}, {alike.Key}", first.SplitShown, first.Metrics.Keys.First(),
                    shares));
            }
        return found;
    }

    /// <summary>A row a share: means, and how the model and the one from random weights compare.</summary>
    public ResultTable Table()
    {
        var rows = Shares.SelectMany(s => s.Rows.Keys).Distinct().ToList();
        var compares = Shares.Any(s => s.OnlyModel + s.OnlyScratch > 0);
        var table = new ResultTable($"{Stage}: {Metric} by the share of the labels, {Split}",
            ["", .. rows, .. compares ? new[] { "only one right", "of them the model", "sign test p" } : []]);
        foreach (var share in Shares)
            table.Add([$"{share.Percent.ToString(CultureInfo.InvariantCulture)} %{(share.Runs > 1 ? $", mean of {share.Runs}" : "")}",
                .. rows.Select(r => !share.Rows.TryGetValue(r, out var figures) ? "" : figures.Average() is var mean && double.IsNaN(mean)
                    ? "-" : mean.ToString("0.0000", CultureInfo.InvariantCulture)),
                .. compares ? Pairs(share) : []]);
        return table;
    }

    /// <summary>The means as lines over shares, those of the two models between the least and the greatest of their repetitions.</summary>
    public string Svg()
    {
        // What reads no labels is a flat line that only takes room.
        var rows = Shares.SelectMany(s => s.Rows.Keys).Distinct()
            .Where(r => Shares.SelectMany(s => s.Rows.GetValueOrDefault(r) ?? []).Distinct().Count() > 1).ToList();
        var frame = new Frame("", "share of the labels, %", $"{Metric}, {Split}") { IsLogarithmic = true, Width = 960, Height = 340 };
        return Chart.Lines(frame,
            [.. rows.Select(row =>
            {
                var there = Shares.Where(s => s.Rows.ContainsKey(row)).ToList();
                return new Series(row, [.. there.Select(s => (s.Percent, s.Rows[row].Average()))])
                {
                    Band = there.Exists(s => s.Runs > 1) ? [.. there.Select(s => (s.Rows[row].Min(), s.Rows[row].Max()))] : [],
                };
            })]);
    }

    private static string[] Pairs(Share share) =>
    [
        (share.OnlyModel + share.OnlyScratch).ToString("N0", CultureInfo.InvariantCulture),
        share.OnlyModel.ToString("N0", CultureInfo.InvariantCulture),
        PValue.Text(SignTest.P(share.OnlyModel, share.OnlyScratch)),
    ];

    private static Share At(double percent, List<StageRecord> records)
    {
        var metric = records[0].Metrics.Keys.First();
        var rows = records.SelectMany(r => (IEnumerable<ResultRow>)[new(Model, r.Metrics), .. r.Comparisons, .. r.Baselines])
            .Where(r => r.Metrics.ContainsKey(metric)).GroupBy(r => r.Name)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<double>)[.. g.Select(r => r.Metrics[metric])]);
        var pairs = records.SelectMany(r => r.Disagreements).Where(d => d.With == EvaluateStage.ScratchRow).ToList();
        return new(percent, records.Count, rows, pairs.Sum(d => d.OnlyModel), pairs.Sum(d => d.OnlyOther));
    }

    private static string Setting(FinishedRun run) =>
        string.Join(", ", run.Factors.Where(f => !f.IsRepetition && f.Kind != FactorKind.Subset));

    private static double? Percent(FinishedRun run) =>
        run.Factors.FirstOrDefault(f => f.Kind == FactorKind.Subset) is { } share
            ? double.Parse(share.Value, CultureInfo.InvariantCulture) : null;
}
