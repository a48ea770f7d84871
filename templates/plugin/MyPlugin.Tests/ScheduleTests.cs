namespace MyPlugin.Tests;

public sealed class ScheduleTests
{
    private readonly Workbench bench = new(new Entry());

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(3, 1)]
    [InlineData(15, 0.5)]
    [InlineData(99, 0.3)]
    public void It_rises_and_falls_to_its_floor(long step, double rate) => Assert.Equal(rate,
        bench.Build<ISchedule>("my-plugin", new { Floor = 0.3 }).At(new() { Step = step, TotalSteps = 100, Peak = 1, WarmupSteps = 4 }),
            12);

    [Fact]
    public void Its_options_are_kept() => OptionsChecks.Run(bench.Offer<ISchedule>("my-plugin"));
}
