using System.Text.Json;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Records;
using PluginHost.Host.Scoring;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Apps.Comparisons;

/// <summary>Compares two tables of predictions, or the predictions two runs left.</summary>
/// <param name="components">Builds metrics.</param>
/// <param name="view">Where the tables go.</param>
public sealed class PredictionComparer(IComponentFactory components, IRunView view)
{
    /// <summary>Compares, prints, and writes JSON where asked.</summary>
    /// <returns>The exit code.</returns>
    public int Run(CompareRequest request, CancellationToken cancellation)
    {
        if (request.Second is null)
            throw new UsageException("Name two tables of predictions or run folders to compare: host compare FIRST SECOND.");
        if (request.Models.Count > 0)
            throw new UsageException("--models chooses among the models of a benchmark; leave it out to compare predictions.");
        var first = PredictionTable.Read(Find(request.First, request.Stage));
        var second = PredictionTable.Read(Find(request.Second, request.Stage)).InOrderOf(first);
        var comparison = Compare(first, second, request.Metrics, request.Resamples, request.Seed, cancellation);
        view.Table(ComparisonText.Table(request.First, request.Second, comparison));
        if (request.Output is not { } file) return ExitCodes.Done;
        file.Write(
            JsonSerializer.Serialize(new { first = request.First, second = request.Second, request.Seed, comparison }, Json.Indented)
            + "\n");
        view.Say($"Comparison: {Path.GetFullPath(file.Path)}");
        return ExitCodes.Done;
    }

    /// <summary>Compares two tables in the same order.</summary>
    public ModelComparison Compare(PredictionTable first, PredictionTable second, IReadOnlyList<string> metrics, int resamples, ulong seed,
        CancellationToken cancellation)
    {
        var context = new PipelineBuildContext(components, null, null, PathSearch.WorkingDirectory);
        if (metrics.Count == 0) return ModelComparison.Of(first, second, () =>
            new MetricSet(MetricFactory.Usual(Use(first), components, context)), resamples, seed, cancellation);
        var factory = new MetricFactory([.. metrics.Select(m => new ComponentSpec(m) { Origin = "--metrics" })], components, context);
        return ModelComparison.Of(first, second, () => factory.Create(), resamples, seed, cancellation);
    }

    /// <summary>The table a path means: itself, or the one in a run folder's <c>predictions</c>.</summary>
    /// <exception cref="UsageException">The folder has none, or several to choose from.</exception>
    public static string Find(string path, string? stage)
    {
        if (!Directory.Exists(path)) return path;
        var folder = Path.Combine(path, RunFiles.Predictions);
        string[] tables = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.tsv").Where(f => !f.EndsWith(".outputs.tsv", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)] : [];
        // Of several only those with labels can be compared: losses of token objectives have none.
        if (stage is null && tables.Length > 1) tables = [.. tables.Where(PredictionTable.HasLabels)];
        string[] names = [.. tables.Select(t => Path.GetFileNameWithoutExtension(t))];
        if (stage is not null)
            return Array.IndexOf(names, stage) is >= 0 and var place ? tables[place]
                : throw new UsageException($"'{path}' has no predictions of a stage '{stage}'; it has: "
                    + $"{(names.Length == 0 ? "none" : string.Join(", ", names))}{Nearest.Hint(stage, names)}.");
        return tables.Length switch
        {
            1 => tables[0],
            0 => throw new UsageException($"'{path}' has no predictions. Give a run folder whose pipeline has an evaluate stage, or a "
                + "table that 'host evaluate --output FILE' wrote."),
            _ => throw new UsageException(
                $"'{path}' has predictions of several stages; choose one with --stage: {string.Join(", ", names)}."),
        };
    }

    private static MetricUse Use(PredictionTable table) =>
        !table.HasClasses ? MetricUse.Outputs : table.Outputs.Count == 2 ? MetricUse.TwoClasses : MetricUse.ManyClasses;
}
