using PluginHost.Host.Apps.Benchmarks;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Apps.Comparisons;

/// <summary>A model's figures in a benchmark.</summary>
/// <param name="Label">Its name.</param>
/// <param name="DataSets">By data set; for groups by what it was trained on and tested on.</param>
public sealed record ScoredModel(string Label, IReadOnlyDictionary<string, ScoredDataSet> DataSets)
{
    /// <summary>The models of a benchmark.</summary>
    /// <param name="path">Its folder, or its <c>benchmark.json</c>.</param>
    /// <exception cref="DataException">The file is missing or no benchmark's.</exception>
    public static IReadOnlyList<ScoredModel> Read(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, "benchmark.json") : path;
        if (!File.Exists(file))
            throw new DataException(
                $"{DataFile.Show(file)} does not exist: no run of that benchmark is done yet. Go on with it by 'host benchmark --resume'.");
        var results = SealedText.ReadJson<BenchmarkResults>(file).Whole(file, "Name the benchmark.json that 'host benchmark' wrote, or its "
            + "folder; 'host benchmark --resume' writes it anew.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var models = results.Models.Select(model => new ScoredModel(model, results.DataSets
            .SelectMany(set => set.Models.Where(m => m.Name == model)
                .Select(m => (Key: m.TrainedOn is null ? set.Name : $"{m.TrainedOn} -> {set.Name}", Set: set, Row: m)))
            .ToDictionary(r => r.Key, r =>
                new ScoredDataSet(r.Set.Metric, r.Row.Metrics, (r.Row.Predictions ?? new Dictionary<string, string>())
                    .ToDictionary(p => p.Key, p => Path.Combine(folder, p.Value)))))).Where(m => m.DataSets.Count > 0).ToList();
        return models.Count > 0 ? models
            : throw new DataException($"{DataFile.Show(file)} has no figures yet. Go on with the benchmark by 'host benchmark --resume'.");
    }
}

/// <summary>A model's figures on one data set.</summary>
/// <param name="Metric">The metric the data set's row is about.</param>
/// <param name="Metrics">All figures.</param>
/// <param name="Predictions">Full paths of tables of predictions, by seed.</param>
public sealed record ScoredDataSet(string Metric, IReadOnlyDictionary<string, Spread> Metrics, IReadOnlyDictionary<string,
    string> Predictions);
