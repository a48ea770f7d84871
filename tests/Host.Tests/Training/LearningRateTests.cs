using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Training;

namespace PluginHost.Host.Tests.Training;

public class LearningRateTests
{
    private sealed class Asked : ISchedule
    {
        public ScheduleContext? With { get; private set; }

        public double At(ScheduleContext context)
        {
            With = context;
            return 0.25;
        }
    }

    [Theory]
    [InlineData(0.1, 10)]
    [InlineData(0, 0)]
    [InlineData(20, 20)]
    [InlineData(1, 1)]
    public void The_schedule_is_asked_with_steps_whatever_the_warm_up_is_written_in(double warmup, long steps)
    {
        var asked = new Asked();
        var options = new TrainOptions { LearningRate = 2.0, Warmup = warmup, DecaySteps = 150 };

        Assert.Equal(0.25, LearningRate.At(asked, options, 7, 100));
        Assert.Equal(new ScheduleContext { Step = 7, TotalSteps = 100, Peak = 2.0, WarmupSteps = steps, DecaySteps = 150 }, asked.With);
    }
}
