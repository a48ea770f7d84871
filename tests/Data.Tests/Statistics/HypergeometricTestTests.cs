using PluginHost.Libs.Statistics;

namespace PluginHost.Data.Tests.Statistics;

public class HypergeometricTestTests
{
    [Theory]
    [InlineData(200, 80, 30, 20, 0.0013265242102414713)] // sums of exact fractions
    [InlineData(1000, 500, 12, 12, 0.0002283718165287128)]
    [InlineData(10000, 5000, 400, 390, 5.649891200428588e-105)]
    [InlineData(10, 4, 3, 0, 1)]
    [InlineData(10, 9, 5, 4, 1)]
    public void It_is_the_upper_tail(int all, int special, int drawn, int found, double expected) =>
        Assert.Equal(1, HypergeometricTest.Upper(all, special, drawn, found) / expected, 1e-8);

    [Fact]
    public void What_cannot_be_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => HypergeometricTest.Upper(10, 4, 3, 4));
}
