using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Training;

namespace PluginHost.Host.Tests.Training;

public class LearningRateTests
{
    private static double At(long step, Schedule schedule, double warmup = 0.1, int decaySteps = 0, long total = 100) =>
        LearningRate.At(new TrainOptions { LearningRate = 2.0, Schedule = schedule, Warmup = warmup, DecaySteps = decaySteps }, step, total);

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(4, 1.0)]
    [InlineData(9, 2.0)]
    [InlineData(10, 2.0)]
    [InlineData(55, 1.0)]
    [InlineData(100, 0.0)]
    public void Linear(long step, double expected) => Assert.Equal(expected, At(step, Schedule.Linear), 12);

    [Theory]
    [InlineData(10, 2.0)]
    [InlineData(55, 1.0)]
    [InlineData(100, 0.0)]
    public void Cosine(long step, double expected) => Assert.Equal(expected, At(step, Schedule.Cosine), 12);

    [Fact]
    public void Constant_stays() => Assert.Equal(2.0, At(99, Schedule.Constant));

    [Fact]
    public void Warmup_of_one_or_more_is_steps() => Assert.Equal(2.0 * 5 / 20, At(4, Schedule.Linear, warmup: 20), 12);

    [Fact]
    public void Decay_may_end_beyond_the_last_step() => Assert.Equal(2.0 * 0.5, At(105, Schedule.Linear, decaySteps: 200, total: 100), 12);

    [Fact]
    public void No_warmup_starts_at_the_peak() => Assert.Equal(2.0, At(0, Schedule.Linear, warmup: 0), 12);
}
