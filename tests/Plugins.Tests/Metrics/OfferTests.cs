using PluginHost.Plugins.Metrics;

namespace PluginHost.Plugins.Tests.Metrics;

public sealed class OfferTests
{
    private static readonly Recorder offers = Recorder.Of(new MetricsPlugin());

    [Fact]
    public void Every_metric_is_on_offer() => Assert.Equal(
        [
            "accuracy", "auprc", "auroc", "brier", "f1", "f1-binary", "loss", "masked-accuracy", "mcc", "mse", "pearson",
            "perplexity", "precision", "precision-binary", "r2", "recall", "recall-binary", "spearman",
        ], offers.Names.Order(StringComparer.Ordinal));

    [Fact]
    public void Metrics_are_made_from_default_options()
    {
        foreach (var metric in offers.Made) Assert.Equal(double.NaN, metric.Value);
    }

    /// <summary>Takes what a plugin offers.</summary>
    private sealed class Recorder : ICatalog
    {
        public List<string> Names { get; } = [];

        public List<IMetric> Made { get; } = [];

        public static Recorder Of(IPlugin plugin)
        {
            var recorder = new Recorder();
            plugin.Register(recorder);
            return recorder;
        }

        public void Add<TComponent, TOptions>(string name, Func<TOptions, BuildContext, TComponent> create, string summary)
            where TComponent : class
            where TOptions : class, new()
        {
            Names.Add(name);
            Made.Add((IMetric)(object)create(new(), null!));
            Assert.EndsWith(".", summary);
        }
    }
}
