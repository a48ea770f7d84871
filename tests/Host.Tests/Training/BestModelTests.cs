using PluginHost.Host.Training;

namespace PluginHost.Host.Tests.Training;

/// <summary>Which weights are best where the figure to select by is undefined on dev.</summary>
[Collection("libtorch")]
public sealed class BestModelTests : IDisposable
{
    private readonly TrainBench bench = new();

    public void Dispose() => bench.Dispose();

    /// <summary>Four evaluations, of steps 5 to 20, with these figures and losses.</summary>
    private TrainBench.Attempt Train(double[] figures, double[] losses, int patience = 0, string? blind = null) =>
        bench.Train("s", TrainBench.Options(o => o.Patience = patience), more: new()
        {
            Blind = blind,
            Dev = (n, score) => score with
            {
                Metrics = new Dictionary<string, double> { ["accuracy"] = figures[n - 1] },
                Loss = losses[n - 1],
            },
        });

    [Fact]
    public void An_undefined_figure_leaves_the_choice_and_patience_to_the_loss_and_says_so_once()
    {
        var ended = Train([double.NaN, double.NaN, double.NaN, double.NaN], [3, 2, 1, 1.5], patience: 2);
        Assert.Equal((20L, 15L, 1.0, "loss", 4), (ended.State.Step, ended.State.BestStep, ended.State.BestScore, ended.State.SelectedBy,
            ended.State.Undefined));
        var warning = Assert.Single(ended.View.Warned);
        Assert.StartsWith("s: accuracy is undefined (-) on dev: its truths do not differ.", warning);
        Assert.Contains("train.selectBy", warning);
    }

    [Fact]
    public void Patience_ends_training_by_the_loss_and_names_it()
    {
        var ended = Train([double.NaN, double.NaN, double.NaN, double.NaN], [1, 2, 3, 4], patience: 2);
        Assert.Equal((15L, 5L), (ended.State.Step, ended.State.BestStep));
        Assert.Contains(ended.View.Said, s => s.Contains("2 evaluations without a better loss", StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_figure_that_is_defined_takes_over_and_one_undefined_later_counts_nothing()
    {
        var ended = Train([double.NaN, 0.5, double.NaN, 0.4], [1, 2, 0.1, 3]);
        Assert.Equal((10L, 0.5, "accuracy", 1), (ended.State.BestStep, ended.State.BestScore, ended.State.SelectedBy, ended.State.Stale));
    }

    [Fact]
    public void Where_the_figure_can_choose_no_model_the_loss_does()
    {
        var ended = Train([0, 0, 0, 0], [4, 3, 2, 1], patience: 1, blind: "all its labelled samples are of the class '0'");
        Assert.Equal((20L, 20L, "loss"), (ended.State.Step, ended.State.BestStep, ended.State.SelectedBy));
    }

    [Fact]
    public void Without_any_figure_training_goes_to_its_end_with_the_last_weights()
    {
        var none = Enumerable.Repeat(double.NaN, 4).ToArray();
        var ended = Train(none, none, patience: 1);
        Assert.Equal((20L, -1L, 0), (ended.State.Step, ended.State.BestStep, ended.State.Stale));
    }
}
