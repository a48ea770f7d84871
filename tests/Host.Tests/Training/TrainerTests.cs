using PluginHost.Checkpoints;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Training;

namespace PluginHost.Host.Tests.Training;

/// <remarks>libtorch's default generator belongs to the process: classes that seed it take turns.</remarks>
[Collection("libtorch")]
public sealed class TrainerTests : IDisposable
{
    private readonly TrainBench bench = new();

    public void Dispose() => bench.Dispose();

    private TrainBench.Attempt Train(
        string name, TrainOptions options, bool dropout = true, TrainBench.MoreSettings? more = null,
            CancellationToken cancellation = default, SilentView? view = null) =>
        bench.Train(name, options, dropout, more, cancellation, view);

    private static TrainOptions Options(Action<TrainOptions>? change = null) => TrainBench.Options(change);

    [Fact]
    public void It_learns()
    {
        var attempt = Train("learn", Options(o => { o.Steps = 150; o.EvaluateEvery = 50; o.CheckpointEvery = 0; o.LearningRate = 3e-2; }),
            dropout: false);

        Assert.True(attempt.State.BestScore > 0.85, $"accuracy {attempt.State.BestScore}");
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_with_any_number_of_workers()
    {
        var one = Train("one", Options());
        var four = Train("four", Options(o => o.Workers = 4));

        Assert.Equal(one.Weights, four.Weights);
        Assert.Equal(one.Metrics, four.Metrics);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(11)]
    [InlineData(19)]
    public void Cancelled_after_any_step_and_resumed_it_equals_the_uninterrupted_run(int step)
    {
        var whole = Train("whole", Options(o => o.Accumulate = 2));
        using var cancel = new CancellationTokenSource();
        var view = new SilentView { OnStep = report => { if (report.Step == step) cancel.Cancel(); } };
        Assert.Throws<OperationCanceledException>(() =>
            Train("cut", Options(o => o.Accumulate = 2), cancellation: cancel.Token, view: view));
        var resumed = Train("cut", Options(o => o.Accumulate = 2));

        Assert.Equal(whole.Weights, resumed.Weights);
        Assert.Equal(whole.Metrics, resumed.Metrics);
        Assert.Equal(whole.State.BestStep, resumed.State.BestStep);
        Assert.Equal(whole.State.Tally, resumed.State.Tally);
    }

    [Fact]
    public void Accumulating_unequal_micro_batches_is_one_large_batch()
    {
        // Fifteen samples of one length: micro-batches of 8 and 7 in one step, or one batch of 15.
        var source = new FakeSource([.. Enumerable.Repeat(20, 15)]);
        var many = Train("many", Options(o => { o.Steps = 1; o.BatchTokens = 0; o.BatchSize = 8; o.Accumulate = 2; o.KeepBest = false; }),
            dropout: false, new TrainBench.MoreSettings(Train: source));
        var one = Train("large", Options(o => { o.Steps = 1; o.BatchTokens = 0; o.BatchSize = 15; o.KeepBest = false; }), dropout: false,
            new TrainBench.MoreSettings(Train: source));

        foreach (var ((name, a), (_, b)) in many.Model.State().Zip(one.Model.State()))
            Assert.True((a - b).abs().max().item<float>() < 1e-6f, name);
    }

    [Fact]
    public void A_loss_that_is_not_a_number_stops_with_step_rate_checkpoint_and_remedy()
    {
        var failure = Assert.Throws<RunFailedException>(() =>
            Train("nan", Options(), more: new TrainBench.MoreSettings(new TinyParts.MoreAThanT { NanFromCall = 8 })));

        Assert.Contains("step 8 is NaN", failure.Message);
        Assert.Contains("learning rate", failure.Message);
        Assert.Contains("step-000000006", failure.Message);
        Assert.Contains("Lower train.learningRate", failure.Message);
        Assert.Equal(1, failure.ExitCode);
        var steps = new CheckpointStore(Path.Combine(bench.Root, "nan", "checkpoints", "s"), 2).Steps();
        Assert.DoesNotContain(steps, s => s >= 8);
    }

    [Fact]
    public void Early_stopping_stops_and_the_best_weights_are_handed_on()
    {
        var attempt = Train("early", Options(o => { o.Steps = 400; o.EvaluateEvery = 5; o.Patience = 2; o.LearningRate = 5e-2; }));

        Assert.True(attempt.State.Step < 400, $"{attempt.State.Step} steps");
        Assert.Equal(2, attempt.State.Stale);
        Assert.Equal(attempt.State.Step - 10, attempt.State.BestStep);
        using var best = SafetensorsFile.Open(
            Path.Combine(bench.Root, "early", "checkpoints", "s", $"step-{attempt.State.BestStep:D9}", "model.safetensors"));
        var (name, tensor) = attempt.Model.State()[0];
        Assert.True(best.Read(name).equal(tensor).all().item<bool>());
    }

    [Fact]
    public void Checkpoints_keep_the_newest_and_the_best_they_speak_of()
    {
        var attempt = Train("keep", Options(o => { o.Steps = 40; o.KeepCheckpoints = 1; }));
        var steps = new CheckpointStore(Path.Combine(bench.Root, "keep", "checkpoints", "s"), 1).Steps();

        Assert.Equal(new[] { attempt.State.BestStep, 40 }.Distinct().Order(), steps);
    }

    [Fact]
    public void Without_a_dev_split_the_last_weights_are_handed_on_and_a_last_checkpoint_is_there()
    {
        var attempt = Train("nodev", Options(o => o.CheckpointEvery = 0), more: new TrainBench.MoreSettings(NoDev: true));

        Assert.Equal(-1, attempt.State.BestStep);
        Assert.Contains(20, new CheckpointStore(Path.Combine(bench.Root, "nodev", "checkpoints", "s"), 2).Steps());
        Assert.DoesNotContain("dev", attempt.Metrics);
    }

    [Fact]
    public void Sequences_longer_than_the_model_are_counted_or_refused()
    {
        var source = new FakeSource([30, 50, 60, 20]);
        var attempt = Train("long", Options(o => { o.Steps = 1; o.BatchTokens = 0; o.BatchSize = 4; }),
            more: new TrainBench.MoreSettings(Train: source));
        Assert.Equal((4, 2, 30), (attempt.State.Tally.Sequences, attempt.State.Tally.Truncated, attempt.State.Tally.DroppedBases));
        Assert.Contains("2 of 4 sequences", attempt.State.Tally.Sentences(40).Single());

        var failure = Assert.Throws<DataException>(() =>
            Train("refuse", Options(o => { o.Steps = 1; o.TooLong = TooLong.Error; }), more: new TrainBench.MoreSettings(Train: source)));
        Assert.Contains("more than the model's 40 tokens", failure.Message);
    }

    [Fact]
    public void Bf16_learns_too_and_repeats_its_bits()
    {
        static void Short(TrainOptions o) =>
            (o.Steps, o.EvaluateEvery, o.CheckpointEvery, o.LearningRate, o.Precision) = (100, 50, 0, 3e-2, Precision.Bf16);
        var (one, two) = (Train("bf16", Options(Short)), Train("bf16-again", Options(Short)));

        Assert.True(one.State.BestScore > 0.75, $"accuracy {one.State.BestScore}");
        Assert.Equal(one.Weights, two.Weights);
    }

    [Fact]
    public void Thousands_of_steps_leave_the_memory_flat()
    {
        // Tiny operators: a second thread would only wait.
        PluginHost.Torch.Threads.Count = 1;
        var held = new List<long>();
        var view = new SilentView
        {
            KeepSteps = false,
            OnStep = report => { if (report.Step % 500 == 0) held.Add(PluginHost.Torch.Hardware.ResidentBytes); },
        };
        var options = Options(o =>
        {
            (o.Precision, o.Steps) = (Precision.Fp32, 3000);
            (o.LogEvery, o.EvaluateEvery, o.CheckpointEvery) = (100, 1000, 0);
        });
        Train("flat", options, view: view);

        // A leak goes on; compiled code, pools and the collector's heap reach a plateau at a time of their own.
        var grown = held.Zip(held.Skip(1), (before, after) => (after - before) / 1e6).ToList();
        Assert.True(grown.Skip(1).Min() < 1, $"MB more in each 500 steps: {string.Join(", ", grown.Select(g => g.ToString("0.0")))}");
    }

    [Fact]
    public void Metrics_hold_no_times() =>
        Assert.DoesNotContain("second", Train("times", Options()).Metrics);
}
