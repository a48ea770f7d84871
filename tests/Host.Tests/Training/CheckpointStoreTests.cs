using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Training;

namespace PluginHost.Host.Tests.Training;

/// <summary>Checkpoints that rot: the weights handed on are those that were best, or none.</summary>
[Collection("libtorch")]
public sealed class CheckpointStoreTests : IDisposable
{
    private readonly TrainBench bench = new();
    private readonly TrainBench.Attempt whole;

    // Learning so fast that an early step stays the best.
    private static TrainOptions Options => TrainBench.Options(o =>
        (o.LearningRate, o.EvaluateEvery, o.CheckpointEvery, o.KeepCheckpoints) = (0.2, 2, 0, 2));

    public CheckpointStoreTests() => whole = bench.Train("whole", Options);

    public void Dispose() => bench.Dispose();

    private CheckpointStore Store(string name) => new(Path.Combine(bench.Root, name, "checkpoints", "s"), 2);

    private void Flip(string name, long step, string file = "model.safetensors")
    {
        var path = Path.Combine(Store(name).PathOf(step), file);
        var bytes = File.ReadAllBytes(path);
        bytes[^3] ^= 4;
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Trains until a step and is cancelled there.</summary>
    private void Cut(string name, long step, Action<long>? atStep = null)
    {
        using var cancel = new CancellationTokenSource();
        var view = new SilentView { OnStep = r => { atStep?.Invoke(r.Step); if (r.Step == step) cancel.Cancel(); } };
        Assert.Throws<OperationCanceledException>(() => bench.Train(name, Options, cancellation: cancel.Token, view: view));
    }

    [Fact]
    public void The_best_step_is_an_early_one_or_these_tests_prove_nothing() =>
        Assert.InRange(whole.State.BestStep, 4, whole.State.Step - 4);

    [Fact]
    public void Best_weights_that_are_broken_are_never_handed_on()
    {
        var best = whole.State.BestStep;
        Cut("cut", best + 3);
        Flip("cut", best);

        var failure = Record.Exception(() => bench.Train("cut", Options));
        var refused = Assert.IsType<DataException>(failure);
        Assert.Contains(Store("cut").PathOf(best), refused.Message);
        Assert.Contains("checksum of model.safetensors", refused.Message);
        Assert.Contains("delete", refused.Message);
    }

    [Fact]
    public void A_run_goes_back_to_before_the_broken_best_and_ends_with_the_same_bits()
    {
        var best = whole.State.BestStep;
        Cut("back", best + 1);
        // Kept are the best and the one after it, and what was best before that, which the second of these speaks of no more.
        var earlier = Path.Combine(bench.Root, "earlier");
        Cut("before", best - 1);
        Directory.Move(Store("before").PathOf(best - 1), earlier);
        Directory.Move(earlier, Store("back").PathOf(best - 1));
        var bestBefore = Store("before").Steps().Max();
        if (!Directory.Exists(Store("back").PathOf(bestBefore)))
            Directory.Move(Store("before").PathOf(bestBefore), Store("back").PathOf(bestBefore));
        Flip("back", best);

        var resumed = bench.Train("back", Options);
        Assert.Equal((whole.Weights, whole.Metrics), (resumed.Weights, resumed.Metrics));
        Assert.Contains(resumed.View.Warned, w => w.Contains("best on dev", StringComparison.Ordinal));
        Assert.Contains(resumed.View.Warned, w => w.Contains($"step {best - 1}", StringComparison.Ordinal));
    }

    [Fact]
    public void Best_weights_that_rot_while_the_run_goes_on_stop_it_at_the_end()
    {
        var best = whole.State.BestStep;
        var view = new SilentView { OnStep = r => { if (r.Step == best + 3) Flip("rot", best); } };

        var failure = Assert.Throws<DataException>(() => bench.Train("rot", Options, view: view));
        Assert.Contains(Store("rot").PathOf(best), failure.Message);
        Assert.Contains("--resume", failure.Message);
    }

    [Theory]
    [InlineData("state.json")]
    [InlineData("optimizer.safetensors")]
    [InlineData("manifest.json")]
    public void The_newest_is_passed_over_whatever_of_it_is_broken(string file)
    {
        Cut("newest", 9);
        var newest = Store("newest").Steps()[^1];
        File.WriteAllText(Path.Combine(Store("newest").PathOf(newest), file), "");

        var resumed = bench.Train("newest", Options);
        Assert.Equal((whole.Weights, whole.Metrics), (resumed.Weights, resumed.Metrics));
        Assert.Contains(resumed.View.Warned, w => w.Contains(Store("newest").PathOf(newest), StringComparison.Ordinal));
    }

    [Fact]
    public void A_state_that_rots_while_the_run_goes_on_does_not_stop_its_saving()
    {
        var view = new SilentView
        {
            OnStep = r => { if (r.Step == 5) File.WriteAllText(Path.Combine(Store("state").PathOf(4), "state.json"), "{"); }
        };
        Assert.Equal(whole.Weights, bench.Train("state", Options, view: view).Weights);
    }

    [Fact]
    public void A_checkpoint_under_another_steps_name_is_none()
    {
        Cut("renamed", 9);
        var newest = Store("renamed").Steps()[^1];
        Directory.Move(Store("renamed").PathOf(newest), Store("renamed").PathOf(15));

        Assert.Equal(whole.Weights, bench.Train("renamed", Options).Weights);
    }
}
