using PluginHost.Host.Apps.Comparisons;
using PluginHost.Host.Scoring;
using PluginHost.Libs.Statistics;

namespace PluginHost.Host.Tests.Comparisons;

public sealed class ModelComparisonTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-compare-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private PredictionTable Table(string name, Func<int, (int Truth, double Positive)> of, int count)
    {
        List<PredictionRow> rows = [.. Enumerable.Range(0, count).Select(i => of(i) is var (truth, p)
            ? new PredictionRow(i, $"s{i}", truth.ToString(), p > 0.5 ? 1 : 0, [(float)(1 - p), (float)p]) : null!)];
        var path = Path.Combine(folder, name);
        using (var writer = new StreamWriter(path)) PredictionRow.Write(writer, rows, ["0", "1"]);
        return PredictionTable.Read(path);
    }

    private static MetricSet Metrics() => RealMetrics.Of("accuracy", "auroc");

    [Fact]
    public void A_model_beside_itself_shows_no_difference()
    {
        var table = Table("a.tsv", i => (i % 2, (i * 7 % 10) / 10.0), 40);

        var comparison = ModelComparison.Of(table, table, Metrics, 200, 1, default);

        Assert.All(comparison.Figures, f =>
            Assert.Equal((0.0, 0.0, 0.0, 1.0), (f.Bootstrap!.Difference, f.Bootstrap.Low, f.Bootstrap.High, f.Bootstrap.P)));
        Assert.Equal(1, comparison.McNemar!.P);
        Assert.Equal(1, comparison.DeLong!.P);
    }

    [Fact]
    public void A_perfect_model_beats_a_coin_by_every_test()
    {
        var perfect = Table("a.tsv", i => (i % 2, i % 2 == 1 ? 0.9 - i * 1e-3 : 0.1 + i * 1e-3), 60);
        var coin = Table("b.tsv", i => (i % 2, new SeededRandom((ulong)i).NextDouble()), 60);

        var comparison = ModelComparison.Of(perfect, coin, Metrics, 400, 1, default);

        Assert.All(comparison.Figures, f => Assert.True(f.Bootstrap!.Low > 0 && f.Bootstrap.P < 0.01));
        Assert.True(comparison.McNemar!.P < 0.001 && comparison.DeLong!.P < 0.001);
        var text = ComparisonText.Table("a", "b", comparison);
        Assert.Equal(["", "first", "second", "difference", "95 % low", "95 % high", "bootstrap p"], text.Columns);
        Assert.Contains(text.Notes, n =>
            n.StartsWith("McNemar's exact test: ", StringComparison.Ordinal) && n.EndsWith("p < 0.001.", StringComparison.Ordinal));
        Assert.Contains(text.Notes, n => n.StartsWith("DeLong's test of auroc: 1.0000", StringComparison.Ordinal));
    }
}
