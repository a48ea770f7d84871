using PluginHost.Host.Training;

namespace PluginHost.Host.Tests.Training;

/// <summary>A stage trained at several learning rates.</summary>
public sealed class RateTrialsTests : IDisposable
{
    private const double Least = 1e-6, Good = 2e-2;
    private readonly TrainBench bench = new();

    public void Dispose() => bench.Dispose();

    // Dropout draws from the step's seed: rates before must shift neither weights nor draws.
    [Theory]
    [InlineData(new[] { Least, Good })]
    [InlineData(new[] { Good, Least })]
    public void The_best_on_dev_is_kept_and_equals_a_run_at_that_rate_alone(double[] rates)
    {
        // Four evaluations a rate; those of the good one are better, the last the best.
        DevScore Steered(int n, DevScore score) => score with
        {
            Metrics = new Dictionary<string, double> { ["accuracy"] = (n > 4 ? rates[1] : rates[0]) == Good ? 0.5 + n / 100.0 : 0.4 },
        };
        var several = bench.Train("several", TrainBench.Options(), more: new() { Rates = rates, Dev = Steered });
        var alone = bench.Train("alone", TrainBench.Options(o => (o.LearningRate, o.KeepBest) = (Good, false)));
        var other = bench.Train("other", TrainBench.Options(o => (o.LearningRate, o.KeepBest) = (Least, false)));

        Assert.Equal(20, several.State.BestStep);
        Assert.NotEqual(alone.Weights, other.Weights);
        Assert.Equal(alone.Weights, several.Weights);
        Assert.Contains("s-rate-1E-06", several.Metrics);
        Assert.Contains("s-rate-0.02", several.Metrics);
    }

    // Stopped in the second rate, before and after it has a checkpoint.
    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public void A_resumed_choice_equals_an_uninterrupted_one_and_repeats_no_rate_that_is_done(int stopAt)
    {
        double[] rates = [Good, Least];
        var whole = bench.Train("whole", TrainBench.Options(), more: new() { Rates = rates });

        using var stop = new CancellationTokenSource();
        var seen = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => bench.Train("stopped", TrainBench.Options(), cancellation: stop.Token,
            more: new() { Rates = rates, Dev = (n, score) => { if (n == stopAt) stop.Cancel(); return score; } }));
        var resumed = bench.Train("stopped", TrainBench.Options(),
            more: new() { Rates = rates, Dev = (n, score) => { seen = n; return score; } });

        Assert.Equal(whole.Weights, resumed.Weights);
        Assert.Equal(whole.Metrics, resumed.Metrics);
        Assert.InRange(seen, 1, 5);
    }

    [Fact]
    public void A_rate_whose_weights_are_gone_is_trained_again()
    {
        double[] rates = [Good, Least];
        var whole = bench.Train("s", TrainBench.Options(), more: new() { Rates = rates });
        var folder = Path.Combine(bench.Root, "s", "checkpoints", "s", "rate-0.02");
        foreach (var step in Directory.GetDirectories(folder)) Directory.Delete(step, recursive: true);

        Assert.Equal(whole.Weights, bench.Train("s", TrainBench.Options(), more: new() { Rates = rates }).Weights);
    }
}
