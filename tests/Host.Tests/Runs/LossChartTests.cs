using System.Xml.Linq;
using PluginHost.Host.Records;

namespace PluginHost.Host.Tests.Runs;

public class LossChartTests
{
    [Fact]
    public void The_drawing_is_well_formed_and_holds_every_series()
    {
        var svg = LossChart.Svg("Loss <of> it",
            [new("train & dev", [(1, 4.0), (2, 3.5), (3, double.NaN)], false), new("dev", [(2, 3.7)], true)]);

        var root = XElement.Parse(svg);
        Assert.Equal(2, root.Elements("polyline").Count());
        Assert.Contains("train & dev", root.Elements("text").Select(t => t.Value));
    }

    [Fact]
    public void Nothing_to_draw_gives_nothing() => Assert.Equal("", LossChart.Svg("x", [new("a", [], false)]));

    [Theory]
    [InlineData(0, 100)]
    [InlineData(3.31, 3.47)]
    [InlineData(1, 1e6)]
    public void Ticks_are_few_round_and_inside(double low, double high)
    {
        var ticks = LossChart.Ticks(low, high).ToList();

        Assert.InRange(ticks.Count, 2, 8);
        Assert.All(ticks, t => Assert.InRange(t, low - 1e-9, high + (high - low) * 0.01));
    }
}
