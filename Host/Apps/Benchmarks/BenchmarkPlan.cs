using System.Globalization;
using PluginHost.Host.Plugins;
using PluginHost.Libs.Files.Cells;

namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>A data set of the benchmark with all that is known of it before training.</summary>
/// <param name="DataSet">As the suite has it.</param>
/// <param name="Folder">Where it is.</param>
/// <param name="Facts">What it holds.</param>
public sealed record BenchmarkDataSet(SuiteDataSet DataSet, FoundFolder Folder, DataSetFacts Facts)
{
    /// <summary>Its name.</summary>
    public string Name => DataSet.Name;

    /// <summary>For groups: its test samples that are known from other groups' training, by group.</summary>
    public IReadOnlyDictionary<string, Leakage> KnownFrom { get; init; } = new Dictionary<string, Leakage>();
}

/// <summary>Lays out the runs of a benchmark: data set by data set, so that a whole row is known early.</summary>
public static class BenchmarkPlan
{
    /// <summary>What training on all groups is called.</summary>
    public const string All = "all";

    /// <summary>The evaluate stage of a run on one data set.</summary>
    public const string Test = "test";

    /// <summary>The runs.</summary>
    /// <param name="suite">Its metrics.</param>
    /// <param name="sets">The data sets.</param>
    /// <param name="models">The models with the pipelines they make.</param>
    /// <param name="request">Seeds and protocol.</param>
    /// <param name="offered">What plugins offer, in their order.</param>
    public static IReadOnlyList<BenchmarkRun> Of(
        Suite suite, IReadOnlyList<BenchmarkDataSet> sets, IReadOnlyList<(BenchmarkModel Model, BenchmarkPipelines Pipelines)> models,
            BenchmarkRequest request,
        IReadOnlyList<ComponentInfo> offered)
    {
        var runs = new List<BenchmarkRun>();
        foreach (var (name, whole, labels, tests, metric) in Trainings(suite, sets, request.Protocol, offered))
        {
            var data = Share(whole, request.Labels, offered);
            foreach (var (model, pipelines) in models)
                foreach (var seed in request.Seeds.Count > 0 ? request.Seeds : pipelines.Seeds())
                    runs.Add(new(model.Name, name, seed, $"{model.Name}/{name}/seed-{seed.ToString(CultureInfo.InvariantCulture)}",
                        [.. tests.Select(t => (t.Stage, t.DataSet))],
                        start => pipelines.FineTuning($"{model.Name}-{name}", data, labels, [.. tests.Select(t => (t.Stage, t.Data))],
                            metric, seed, start)));
        }
        return runs;
    }

    private static ComponentSpec Share(ComponentSpec data, double percent, IReadOnlyList<ComponentInfo> offered) => percent >= 100 ? data
        : new(RoleSearch.Source(offered, typeof(ISubsetOptions), "takes a share of another"), new Dictionary<string, object?>
        {
            [RoleSearch.Option(nameof(ISubsetOptions.Data))] = data, [RoleSearch.Option(nameof(ISubsetOptions.Percent))] = percent,
        });

    private static IEnumerable<(string Name, ComponentSpec Data, IReadOnlyList<string>? Labels,
        IReadOnlyList<(string Stage, string DataSet, ComponentSpec? Data)> Tests, string? Metric)> Trainings(
        Suite suite, IReadOnlyList<BenchmarkDataSet> sets, Protocol protocol, IReadOnlyList<ComponentInfo> offered)
    {
        if (protocol == Protocol.Each)
        {
            foreach (var set in sets)
                yield return (set.Name, set.Folder.Data, set.Facts.Labels.Count > 0 ? [] : null, [(Test, set.Name, null)],
                    set.DataSet.Metric ?? suite.Metric);
            yield break;
        }
        // Classes are those of all groups together, so that a model of one can be tested on any.
        IReadOnlyList<string> all =
            [.. sets.SelectMany(s => s.Facts.Labels).Distinct()
                .OrderBy(l => long.TryParse(l, CultureInfo.InvariantCulture, out var n) ? n : long.MaxValue)
                .ThenBy(l => l, StringComparer.Ordinal)];
        if (LabelNames.Twins(all.ToDictionary(l => l, l => (long)sets.Count(s => s.Facts.Labels.Contains(l)))) is { } twins)
            throw new DataException($"Over the groups, {twins.Problem}.");
        var labels = all.Count > 0 ? all : null;
        IReadOnlyList<(string, string, ComponentSpec?)> tests = [.. sets.Select(s => (s.Name, s.Name, (ComponentSpec?)s.Folder.Data))];
        foreach (var set in sets) yield return (set.Name, set.Folder.Data, labels, tests, suite.Metric);
        var union = new ComponentSpec(
            RoleSearch.Source(offered, typeof(IUnionOptions), "puts others together"),
            new Dictionary<string,
                object?>
            { [RoleSearch.Option(nameof(IUnionOptions.Sources))] = sets.Select(s => s.Folder.Data).ToList() });
        yield return (All, union, labels, tests, suite.Metric);
    }
}
