using PluginHost.Host.Runs;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Tests.Stages;

public sealed class TransferTablesTests
{
    private static StageRecord On(string group, double auroc, double baseline) => new()
    {
        Name = $"on-{group}", Kind = "evaluate", Metrics = new Dictionary<string, double> { ["auroc"] = auroc },
        Baselines = [new("majority class", new Dictionary<string, double> { ["auroc"] = baseline })],
    };

    [Fact]
    public void Scores_stand_by_group_and_ratios_are_to_training_within_it()
    {
        var tables = new TransferTables(
            [
                ("human", [On("human", 0.9, 0.5), On("mouse", 0.6, 0.5)]),
                ("mouse", [On("human", 0.45, 0.5), On("mouse", 0.8, 0.5)]),
                ("all-but-human", [On("human", 0.81, 0.5), On("mouse", 0.8, 0.5)]),
                ("all", [On("human", 0.99, 0.5), On("mouse", 0.88, 0.5)]),
            ],
            "auroc");
        Assert.Equal(["trained on", "human", "mouse", "mean of other groups"], tables.Scores().Columns);
        Assert.Equal(["human", "0.9000", "0.6000", "0.6000"], tables.Scores().Rows[0]);
        Assert.Equal(["  majority class", "0.5000", "0.5000", "0.5000"], tables.Scores().Rows[1]);
        Assert.Equal(
            [
                ["human", "1.0000", "0.7500", "0.7500"],
                ["mouse", "0.5000", "1.0000", "0.5000"],
                ["all-but-human", "0.9000", "1.0000", "0.9000"],
                ["all", "1.1000", "1.1000", ""],
            ],
            tables.Ratios().Rows);
    }
}
