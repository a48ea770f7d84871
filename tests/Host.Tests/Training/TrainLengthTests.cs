using PluginHost.Host.Batches;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Training;

namespace PluginHost.Host.Tests.Training;

public class TrainLengthTests
{
    private static TrainLength Of(TrainOptions options, bool dev = true) =>
        TrainLength.Of(options, new BatchPlan(new FakeSource([.. Enumerable.Repeat(10, 100)]), _ => 10, 1, 0, options.BatchSize), dev);

    [Fact]
    public void Epochs_become_steps_and_fractions_round_up() =>
        Assert.Equal(25, Of(new TrainOptions { Epochs = 2.5, BatchSize = 10 }).Steps);

    [Fact]
    public void Steps_may_span_epochs_when_accumulating() =>
        Assert.Equal(7, Of(new TrainOptions { Epochs = 2, BatchSize = 10, Accumulate = 3 }).Steps);

    [Fact]
    public void Evaluates_once_an_epoch_or_ten_times()
    {
        Assert.Equal(10, Of(new TrainOptions { Epochs = 3, BatchSize = 10 }).EvaluateEvery);
        Assert.Equal(30, Of(new TrainOptions { Steps = 300 }).EvaluateEvery);
        Assert.Equal(1, Of(new TrainOptions { Steps = 3 }).EvaluateEvery);
    }

    [Fact]
    public void Without_a_dev_split_checkpoints_keep_the_same_beat()
    {
        var length = Of(new TrainOptions { Steps = 100 }, dev: false);

        Assert.True(length.CheckpointAfter(10));
        Assert.False(length.CheckpointAfter(11));
        Assert.True(length.CheckpointAfter(100));
    }

    [Fact]
    public void The_last_step_is_always_evaluated() =>
        Assert.True(Of(new TrainOptions { Steps = 103, EvaluateEvery = 50 }).EvaluateAfter(103));
}
