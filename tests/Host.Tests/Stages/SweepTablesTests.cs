using PluginHost.Host.Runs;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Tests.Stages;

public sealed class ComparedRunsTests
{
    private static StageRecord Stage(string name, double loss, double baseline) => new()
    {
        Name = name, Kind = "pretrain", Split = "dev", Samples = 10, Seconds = 3,
        Metrics = new Dictionary<string, double> { ["loss"] = loss },
        Baselines = [new("unigram", new Dictionary<string, double> { ["loss"] = baseline })],
    };

    [Fact]
    public void Variants_stand_side_by_side_and_equal_baselines_once()
    {
        var table = Assert.Single(ComparedRuns.Tables([("on", [Stage("pretrain", 1, 4)]), ("off", [Stage("pretrain", 2, 4)])]));
        Assert.Equal("pretrain: dev split", table.Title);
        Assert.Equal(["on | 1.0000 | 3", "off | 2.0000 | 3", "unigram | 4.0000 | "], table.Rows.Select(r => string.Join(" | ", r)));
    }

    [Fact]
    public void Baselines_that_differ_name_their_variant()
    {
        var tables = ComparedRuns.Tables([("on", [Stage("pretrain", 1, 4)]), ("off", [Stage("pretrain", 2, 5), Stage("more", 1, 1)])]);
        Assert.Equal(["on", "off", "unigram (on)", "unigram (off)"], tables[0].Rows.Select(r => r[0]));
        Assert.Equal(["off", "unigram"], tables[1].Rows.Select(r => r[0]));
    }
}
