using FsCheck;
using FsCheck.Fluent;
using PluginHost.Host.Scoring;

namespace PluginHost.Host.Tests.Evaluation;

public sealed class BreakdownTests
{
    private static PredictionRow Row(int truth, int predicted, params float[] values) =>
        new(0, "s", truth.ToString(), predicted, values) { Truth = truth };

    [Fact]
    public void Each_class_has_its_figures_against_all_others()
    {
        var rows = Breakdowns.ByClass(
            [Row(0, 0, 0.9f, 0.1f, 0), Row(0, 1, 0.4f, 0.6f, 0), Row(1, 1, 0.3f, 0.7f, 0), Row(2, 1, 0.2f, 0.5f, 0.3f)], ["a", "b", "c"],
            RealMetrics.OfEachClass());

        Assert.Equal(["precision", "recall", "f1", "auroc", "auprc"], rows[0].Metrics.Keys);
        Assert.Equal(["a", "b", "c"], rows.Select(r => r.Group));
        Assert.Equal([2, 1, 1], rows.Select(r => r.Samples));
        Assert.Equal((1.0, 0.5, 2 / 3.0, 1.0),
            (rows[0].Metrics["precision"], rows[0].Metrics["recall"], rows[0].Metrics["f1"], rows[0].Metrics["auroc"]));
        Assert.Equal((1 / 3.0, 1.0, 0.5), (rows[1].Metrics["precision"], rows[1].Metrics["recall"], rows[1].Metrics["f1"]));
        Assert.Equal((0.0, 0.0, 1.0), (rows[2].Metrics["recall"], rows[2].Metrics["f1"], rows[2].Metrics["auprc"]));
    }

    [Fact]
    public void Each_output_has_the_figures_that_are_means_over_them()
    {
        var result = new EvaluationResult(new Dictionary<string, double>(), 7, null, [new(0, "s", null, null, [0.5f, 0.2f])], new())
        {
            PerOutput = new Dictionary<string, IReadOnlyList<double>> { ["r2"] = [0.5, double.NaN], ["mse"] = [1, 2] },
        };
        var rows = Breakdowns.ByOutput(result, ["activity", "decay"]);

        Assert.Equal(["activity", "decay"], rows.Select(r => r.Group));
        Assert.All(rows, r => Assert.Equal(7, r.Samples));
        Assert.Equal((0.5, 1.0, 2.0), (rows[0].Metrics["r2"], rows[0].Metrics["mse"], rows[1].Metrics["mse"]));
        Assert.True(double.IsNaN(rows[1].Metrics["r2"]));
        // Classes have a breakdown of their own.
        Assert.Empty(Breakdowns.ByOutput(result with { Predictions = [Row(0, 0, 0.9f, 0.1f)] }, ["a", "b"]));
    }

    [Fact]
    public void Length_ranges_cover_every_length_once_and_are_not_too_small() => Prop.ForAll(
        Gen.Choose(1, 30).ListOf().Where(l => l.Count > 0).ToArbitrary(), lengths =>
        {
            var ranges = Breakdowns.LengthRanges(lengths);
            int In((int Low, int High) r) => lengths.Count(l => l >= r.Low && l <= r.High);
            return ranges.Sum(In) == lengths.Count
                && ranges.Zip(ranges.Skip(1)).All(p => p.First.High < p.Second.Low)
                && ranges.Count <= 4
                && (ranges.Count == 1 || ranges.All(r => In(r) >= 10));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Many_different_lengths_make_quarters()
    {
        var ranges = Breakdowns.LengthRanges(Enumerable.Range(1, 400));

        Assert.Equal([(1, 100), (101, 200), (201, 300), (301, 400)], ranges);
        Assert.Equal([(70, 70)], Breakdowns.LengthRanges(Enumerable.Repeat(70, 500)));
    }

    [Fact]
    public void A_metric_that_needs_more_than_predictions_is_left_out()
    {
        var set = RealMetrics.Of("loss", "accuracy");

        set.AddWhatFits(PredictionRow.ToScored([Row(0, 0, 1, 0), Row(1, 0, 1, 0)]));

        Assert.Equal(0.5, Assert.Single(set.Values()).Value);
    }
}
