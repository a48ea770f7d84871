using PluginHost.Host.Apps.Sweeps;
using PluginHost.Host.Pipelines.Sweeps;
using PluginHost.Host.Records;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Tests.Stages;

/// <summary>Figures by the share of the labels, from what runs of a sweep left.</summary>
public sealed class LabelEfficiencyTests
{
    private static FinishedRun Run(string share, int seed, double model, double scratch, int onlyModel, int onlyScratch,
        params Factor[] more) => new($"{share}-{seed}",
        [.. more, new(FactorKind.Subset, "subset", share), new(FactorKind.Seed, "seed", $"{seed}")],
        [new StageRecord
        {
            Name = "evaluate", Kind = "evaluate", Split = "test", Samples = 100,
            Metrics = new Dictionary<string, double> { ["mcc"] = model },
            Comparisons = [new(EvaluateStage.ScratchRow, new Dictionary<string, double> { ["mcc"] = scratch })],
            Disagreements = [new(EvaluateStage.ScratchRow, onlyModel, onlyScratch)],
            Baselines = [new("5-mers", new Dictionary<string, double> { ["mcc"] = 0.5 })],
        }]);

    [Fact]
    public void Repetitions_are_averaged_and_their_samples_counted_together_share_by_share()
    {
        var curve = Assert.Single(LabelEfficiency.Of(
            [Run("10", 1, 0.8, 0.7, 9, 1), Run("10", 2, 0.9, 0.8, 8, 3), Run("3", 1, 0.6, 0.4, 5, 5), Run("3", 2, 0.7, 0.2, 6, 4)]));
        var table = curve.Table();
        Assert.Equal("evaluate: mcc by the share of the labels, test split", table.Title);
        Assert.Equal(["", "model", "from random weights", "5-mers", "only one right", "of them the model", "sign test p"], table.Columns);
        // Of 20 samples 11: p = 0.8238. Of 21 samples 17: 2 * P(X <= 4) = 0.0072.
        Assert.Equal(["3 %, mean of 2 | 0.6500 | 0.3000 | 0.5000 | 20 | 11 | 0.8238",
            "10 %, mean of 2 | 0.8500 | 0.7500 | 0.5000 | 21 | 17 | 0.0072"],
            table.Rows.Select(r => string.Join(" | ", r)));
        var svg = curve.Svg();
        Assert.Contains("share of the labels, %", svg);
        Assert.Contains("from random weights", svg);
    }

    [Fact]
    public void Settings_have_a_table_each_and_one_share_makes_none()
    {
        Factor wide = new(FactorKind.Variant, "variant", "wide"), narrow = new(FactorKind.Variant, "variant", "narrow");
        var curves = LabelEfficiency.Of([Run("10", 1, 0.8, 0.7, 9, 1, wide), Run("3", 1, 0.6, 0.4, 5, 5, wide),
            Run("10", 1, 0.7, 0.7, 0, 0, narrow), Run("3", 1, 0.5, 0.4, 0, 0, narrow)]);
        Assert.Equal(["evaluate, wide", "evaluate, narrow"], curves.Select(c => c.Stage));
        // Where nothing is right or wrong there is nothing to count.
        Assert.Equal(["", "model", "from random weights", "5-mers"], curves[1].Table().Columns);
        Assert.Empty(LabelEfficiency.Of([Run("10", 1, 0.8, 0.7, 9, 1), Run("10", 2, 0.6, 0.4, 5, 5)]));
    }
}
