using PluginHost.PluginKit;
using PluginHost.Plugins.Schedules;

namespace PluginHost.Plugins.Tests.Schedules;

public sealed class SchedulesTests
{
    private const double Peak = 2;

    private static readonly Workbench bench = new(new SchedulesPlugin());

    private static double At(string name, long step, object? options = null, long warmup = 10, long decaySteps = 0, long total = 100) =>
        bench.Build<ISchedule>(name, options).At(new ScheduleContext
        {
            Step = step, TotalSteps = total, Peak = Peak, WarmupSteps = warmup, DecaySteps = decaySteps,
        });

    public static TheoryData<string> Names => [.. bench.Offers.Select(o => o.Name)];

    [Theory]
    [InlineData("linear", 0, 0.2)]
    [InlineData("linear", 4, 1.0)]
    [InlineData("linear", 9, 2.0)]
    [InlineData("linear", 10, 2.0)]
    [InlineData("linear", 55, 1.0)]
    [InlineData("linear", 100, 0.0)]
    [InlineData("cosine", 10, 2.0)]
    [InlineData("cosine", 55, 1.0)]
    [InlineData("cosine", 100, 0.0)]
    [InlineData("constant", 99, 2.0)]
    [InlineData("wsd", 10, 2.0)]
    [InlineData("wsd", 80, 2.0)]
    [InlineData("wsd", 85, 1.0)]
    [InlineData("wsd", 100, 0.0)]
    public void A_step_has_its_rate(string name, long step, double expected) => Assert.Equal(expected, At(name, step), 12);

    [Theory]
    [InlineData("linear", 1.0)]
    [InlineData("cosine", 1.0)]
    [InlineData("1-sqrt", 0.5857864376269049)]
    public void Wsd_decays_in_a_shape_of_its_own(string shape, double half) =>
        Assert.Equal(half, At("wsd", 75, new { shape, decayShare = 0.5 }), 12);

    [Theory]
    [InlineData(0.0, 40)]
    [InlineData(0.01, 40)]
    [InlineData(0.2, 2)]
    public void A_share_that_comes_to_no_step_decays_nothing(double decayShare, long total) =>
        Assert.Equal(2.0, At("wsd", total - 1, new { decayShare }, warmup: 0, total: total), 9);

    [Fact]
    public void Wsd_never_decays_into_the_warm_up() => Assert.Equal(Peak * 6 / 50, At("wsd", 5, new { decayShare = 1.0 }, warmup: 50), 12);

    [Fact]
    public void Decay_may_end_beyond_the_last_step() => Assert.Equal(1.0, At("linear", 105, decaySteps: 200), 12);

    [Fact]
    public void No_warm_up_starts_at_the_peak() => Assert.Equal(Peak, At("linear", 0, warmup: 0), 12);

    [Theory]
    [InlineData("linear")]
    [InlineData("cosine")]
    [InlineData("wsd")]
    public void A_floor_is_where_decay_ends(string name) => Assert.Equal(0.1 * Peak, At(name, 100, new { floor = 0.1 }), 12);

    [Theory]
    [MemberData(nameof(Names))]
    public void Rates_rise_in_the_warm_up_never_again_after_it_and_stay_between_0_and_the_peak(string name)
    {
        foreach (var (warmup, total) in ((long, long)[])[(0, 1), (1, 1), (10, 10), (0, 50), (7, 50), (50, 50), (60, 50)])
        {
            var rates = Enumerable.Range(0, (int)total).Select(i => At(name, i, warmup: warmup, total: total)).ToList();
            Assert.All(rates, r => Assert.InRange(r, 0, Peak));
            for (var i = 1; i < total; i++)
                Assert.True(i < warmup ? rates[i] > rates[i - 1] : rates[i] <= rates[i - 1], $"{name} {i} of {total}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Options_keep_the_rules(string name) => OptionsChecks.Run(bench.Offers.Single(o => o.Name == name));
}
