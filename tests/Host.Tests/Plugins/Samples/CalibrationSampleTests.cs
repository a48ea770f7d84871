namespace PluginHost.Host.Tests.Plugins.Samples;

[Collection("sample plugins")]
public sealed class CalibrationSampleTests(SamplePlugins plugins)
{
    [Fact]
    public void The_error_is_the_mean_distance_of_confidence_from_right_answers_over_bins()
    {
        var metric = plugins.Build<IMetric>(new("calibration-error", new Dictionary<string, object?> { ["bins"] = 5L }));
        metric.Add(new()
        {
            Labels = [1, 0, 1, (int)Keys.Ignore], Predicted = [1, 0, 0, 0],
            Probabilities = new float[,] { { 0.1f, 0.9f }, { 0.7f, 0.3f }, { 0.75f, 0.25f }, { 0.99f, 0.01f } },
        });
        // 0.8 to 1: one item, right at 0.9. 0.6 to 0.8: two items, one right, at 0.725 in the mean.
        Assert.Equal((1 * 0.1 + 2 * 0.225) / 3, metric.Value, 1e-6);
        Assert.False(metric.HigherIsBetter);
        Assert.Throws<UsageException>(() => metric.Add(new() { Outputs = new float[1, 1] }));
    }

    [Fact]
    public void A_confidence_on_the_edge_of_a_bin_belongs_below_it_and_nothing_is_undefined()
    {
        var metric = plugins.Build<IMetric>(new("calibration-error", new Dictionary<string, object?> { ["bins"] = 2L }));
        Assert.True(double.IsNaN(metric.Value));
        metric.Add(new()
        {
            Labels = [0, 1], Predicted = [0, 0], Probabilities = new float[,] { { 0.5f, 0.5f }, { 0.75f, 0.25f } },
        });
        // In one bin both would be 0.125 off.
        Assert.Equal((0.5 + 0.75) / 2, metric.Value, 1e-6);
    }

    [Fact]
    public void Its_baseline_stands_beside_the_objectives_own_and_predicts_the_shares_of_training_labels()
    {
        var baselines = SamplePlugins.Stage(plugins.Teacher, "evaluate")["baselines"]!.AsObject();
        Assert.Equal("base rate", baselines.Last().Key);
        Assert.Equal("majority class", baselines.First().Key);
        // 1,501 of 4,496 training rows and 401 of 1,199 test rows are of the first of the most frequent classes.
        Assert.Equal(401 / 1199.0 - 1501 / 4496.0, (double)baselines["base rate"]!["calibration-error"]!, 1e-6);
    }
}
