namespace MyPlugin.Tests;

public sealed class MetricTests
{
    private readonly Workbench bench = new(new Entry());

    [Fact]
    public void Classes_count_alike_however_many_items_they_have()
    {
        var metric = bench.Build<IMetric>("my-plugin");
        metric.Add(new() { Labels = [0, 0, 0, 1], Predicted = [0, 0, 0, 0] });
        Assert.Equal(0.5, metric.Value);
        metric.Add(new() { Labels = [1, (int)Keys.Ignore], Predicted = [1, 0] });
        Assert.Equal(0.75, metric.Value);
    }

    [Fact]
    public void Its_options_are_kept() => OptionsChecks.Run(bench.Offer<IMetric>("my-plugin"));
}
