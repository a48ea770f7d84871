using PluginHost.Libs.Statistics;

namespace PluginHost.Data.Tests.Statistics;

public sealed class SignTestTests
{
    [Theory]
    [InlineData(0, 0, 1.0)]
    [InlineData(5, 5, 1.0)]
    [InlineData(0, 5, 0.0625)]     // 2 / 2^5
    [InlineData(1, 9, 0.021484375)] // 2 (1 + 10) / 2^10
    public void It_is_the_binomial_tail(int first, int second, double expected)
    {
        Assert.Equal(expected, SignTest.P(first, second), 12);
        Assert.Equal(expected, SignTest.P(second, first), 12);
    }

    [Fact]
    public void It_stays_finite_on_large_counts() => Assert.InRange(SignTest.P(30_000, 30_500), 0.01, 0.2);
}
