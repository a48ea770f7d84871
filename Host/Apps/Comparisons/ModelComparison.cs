using PluginHost.Host.Scoring;
using PluginHost.Libs.Statistics;

namespace PluginHost.Host.Apps.Comparisons;

/// <summary>Two models' predictions of one test set, compared.</summary>
/// <param name="Samples">Samples of the test set.</param>
/// <param name="Figures">A row a metric.</param>
/// <param name="McNemar">Which of the two is right where; null for real-valued outputs.</param>
/// <param name="DeLong">Of the areas under the ROC curve; null unless there are two classes with two samples each.</param>
/// <param name="Wilcoxon">Of the absolute errors, second - first, sample by sample; null for classes.</param>
public sealed record ModelComparison(
    int Samples, IReadOnlyList<ComparedFigure> Figures, McNemar? McNemar, DeLongResult? DeLong, WilcoxonSignedRank? Wilcoxon)
{
    /// <summary>Compares.</summary>
    /// <param name="first">One model's predictions.</param>
    /// <param name="second">The other's, in the same order.</param>
    /// <param name="metrics">Makes fresh metrics.</param>
    /// <param name="resamples">Of the paired bootstrap; 0 for none.</param>
    /// <param name="seed">Seeds it.</param>
    /// <param name="cancellation">Stops between resamples.</param>
    public static ModelComparison Of(
        PredictionTable first, PredictionTable second, Func<MetricSet> metrics, int resamples, ulong seed, CancellationToken cancellation)
    {
        int[] all = [.. Enumerable.Range(0, first.Ids.Count)];
        var (one, other) = (Values(first, all), Values(second, all));
        string[] names = [.. one.Keys];
        var bootstrap = resamples == 0 ? null : PairedBootstrap.Run(all.Length, places =>
        {
            var (a, b) = (Values(first, places), Values(second, places));
            return [.. names.Select(name => a[name] - b[name])];
        }, resamples, seed, cancellation: cancellation);
        var figures = names.Select((name, i) => new ComparedFigure(name, one[name], other[name], bootstrap?[i])).ToList();
        return new(
            all.Length, figures,
            first.HasClasses ? Libs.Statistics.McNemar.Of(first.Truth, first.Predicted, second.Predicted) : null,
            first is { HasClasses: true, Outputs.Count: 2 }
                ? Libs.Statistics.DeLong.Compare([.. first.Values.Select(v => v[1])], [.. second.Values.Select(v => v[1])],
                    [.. first.Truth.Select(t => t == 1)]) : null,
            first.HasClasses ? null : WilcoxonSignedRank.Test(all.Select(i => Error(second, i) - Error(first, i))));

        IReadOnlyDictionary<string, double> Values(PredictionTable table, int[] places)
        {
            MetricSet set;
            // Components are built one at a time; the resamples are computed side by side.
            lock (metrics) set = metrics();
            set.Add(table.Pick(places));
            return set.Values();
        }
    }

    private static double Error(PredictionTable table, int row) =>
        table.Values[row].Zip(table.Targets[row]).Average(p => Math.Abs((double)p.First - p.Second));
}

/// <summary>A metric of both models.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="First">Of the first model.</param>
/// <param name="Second">Of the second.</param>
/// <param name="Bootstrap">Of first - second; null when not asked for.</param>
public sealed record ComparedFigure(string Metric, double First, double Second, BootstrapResult? Bootstrap);
