using PluginHost.Host.Records;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Tests.Stages;

public sealed class BaselineVerdictTests
{
    private static readonly ResultRow[] baselines =
    [
        new("majority class", new Dictionary<string, double> { ["mcc"] = 0, ["loss"] = 1.1 }),
        new("5-mers", new Dictionary<string, double> { ["mcc"] = 0.5, ["loss"] = 0.9 }),
        new("undefined", new Dictionary<string, double> { ["mcc"] = double.NaN }),
    ];

    [Theory]
    [InlineData("mcc", 0.51, null)]
    [InlineData("mcc", 0.5, "stage: the model is no better than a trivial predictor, mcc 0.5000 beside 0.5000 of '5-mers'.")]
    [InlineData("loss", 0.89, null)]
    [InlineData("loss", 0.95, "stage: the model is no better than a trivial predictor, loss 0.9500 beside 0.9000 of '5-mers'.")]
    [InlineData("mcc", double.NaN, null)]
    [InlineData("auroc", 0.1, null)]   // No baseline has it.
    public void The_best_baseline_is_what_counts(string metric, double value, string? sentence) =>
        Assert.Equal(sentence, BaselineVerdict.Sentences("stage", new Dictionary<string, double> { [metric] = value }, baselines, name =>
            name == "mcc").SingleOrDefault());

    [Fact]
    public void The_first_metric_is_the_one_judged_by() =>
        Assert.Empty(BaselineVerdict.Sentences("stage", new Dictionary<string, double> { ["mcc"] = 0.9, ["loss"] = 2 }, baselines, name =>
            name == "mcc"));
}
