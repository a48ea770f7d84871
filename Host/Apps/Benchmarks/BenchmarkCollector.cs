using System.Globalization;
using PluginHost.Host.Records;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>Gathers the figures of a benchmark's runs, as many as are done.</summary>
public static class BenchmarkCollector
{
    /// <summary>The results so far.</summary>
    public static BenchmarkResults Collect(
        BenchmarkFolder folder, BenchmarkRequest request, Suite suite, IReadOnlyList<string> missing, IReadOnlyList<BenchmarkDataSet> sets,
        IReadOnlyList<BenchmarkRun> runs, IReadOnlyList<FailedRun> failures,
        Func<string, bool> higherIsBetter)
    {
        var scored = runs.Select(run => (Run: run, Stages: RunSummary.Read(folder.Of(run.Folder)))).Where(r => r.Stages is not null)
            .SelectMany(r => r.Run.Tests.Select(test => new Scored(r.Run, test.DataSet, r.Stages!.First(s => s.Name == test.Stage))))
                .ToList();
        return new()
        {
            Suite = suite.Name, Title = suite.Title, Data = request.Data, Protocol = request.Protocol,
            Models = [.. runs.Select(r => r.Model).Distinct()], Missing = missing, Failures = failures,
            Notes = [.. suite.Notes, .. suite.Source.Length > 0 ? [$"Suite: {suite.Source}."] : (string[])[]],
            DataSets = [.. sets.Select(set =>
                Result(suite, set, [.. scored.Where(s => s.DataSet == set.Name)], request.Protocol, higherIsBetter))],
        };
    }

    private sealed record Scored(BenchmarkRun Run, string DataSet, StageRecord Stage)
    {
        public string Seed => Run.Seed.ToString(CultureInfo.InvariantCulture);
    }

    private static DataSetResult Result(Suite suite, BenchmarkDataSet set, IReadOnlyList<Scored> scored, Protocol protocol,
        Func<string, bool> higherIsBetter)
    {
        var metric = set.DataSet.Metric ?? suite.Metric ?? scored.SelectMany(s => s.Stage.Metrics.Keys).FirstOrDefault() ?? "";
        return new()
        {
            Name = set.Name, Title = set.DataSet.Title, Folder = set.Folder.Path, Facts = set.Facts, KnownFrom = set.KnownFrom,
            Metric = metric, HigherIsBetter = metric.Length == 0 || higherIsBetter(metric), Scale = suite.Scale,
            Models = [.. scored.GroupBy(s => (s.Run.Model, s.Run.TrainedOn)).Select(g => new ScoredRow(
                g.Key.Model, Spreads(g.Select(s => (s.Seed, s.Stage.Metrics))), protocol == Protocol.Groups ? g.Key.TrainedOn : null,
                g.Where(s => s.Stage.Predictions is not null)
                    .ToDictionary(s => s.Seed, s => $"{s.Run.Folder}/{s.Stage.Predictions!.Replace('\\', '/')}"))
                { FromRandomWeights = FromScratch([.. g]) })],
            Baselines = [.. scored.Where(s => protocol == Protocol.Each || s.Run.TrainedOn == s.DataSet)
                .SelectMany(s => s.Stage.Baselines.Select(b => (Scored: s, Row: b))).GroupBy(b => b.Row.Name)
                .Select(g => new ScoredRow(g.Key, Spreads(g.GroupBy(b => b.Scored.Seed).Select(b => (b.Key, b.First().Row.Metrics)))))],
            Published = [.. suite.Published.Where(p => p.Figures.ContainsKey(set.Name)).Select(p =>
            {
                var scale = p.Scale ?? suite.Scale;
                return new PublishedFigure(p.Model, p.Source, p.Metric ?? set.DataSet.Metric ?? suite.Metric ?? "",
                    p.Figures[set.Name] / scale,
                    p.Deviations.TryGetValue(set.Name, out var deviation) ? deviation / scale : null);
            })],
        };
    }

    private static ScratchFigures? FromScratch(IReadOnlyList<Scored> scored)
    {
        var rows = scored.SelectMany(s => s.Stage.Comparisons.Where(c => c.Name == EvaluateStage.ScratchRow)
            .Select(c => (s.Seed, c.Metrics))).ToList();
        if (rows.Count == 0) return null;
        var pairs = scored.SelectMany(s => s.Stage.Disagreements).Where(d => d.With == EvaluateStage.ScratchRow).ToList();
        return new(Spreads(rows), pairs.Sum(d => d.OnlyModel), pairs.Sum(d => d.OnlyOther));
    }

    private static Dictionary<string, Spread> Spreads(IEnumerable<(string Seed, IReadOnlyDictionary<string, double> Metrics)> rows) => rows
        .SelectMany(r => r.Metrics.Select(m => (Metric: m.Key, r.Seed, m.Value))).GroupBy(m => m.Metric)
        .ToDictionary(g => g.Key, g => new Spread(g.ToDictionary(v => v.Seed, v => v.Value)));
}
