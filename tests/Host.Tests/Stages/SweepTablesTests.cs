using PluginHost.Host.Apps.Sweeps;
using PluginHost.Host.Pipelines.Sweeps;
using PluginHost.Host.Records;

namespace PluginHost.Host.Tests.Stages;

public sealed class SweepTablesTests
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
        var table = Assert.Single(SweepTables.Of([new("on", [], [Stage("pretrain", 1, 4)]), new("off", [], [Stage("pretrain", 2, 4)])]));
        Assert.Equal("pretrain: dev split", table.Title);
        Assert.Equal(["on | 1.0000 | 3", "off | 2.0000 | 3", "unigram | 4.0000 | "], table.Rows.Select(r => string.Join(" | ", r)));
    }

    [Fact]
    public void Baselines_that_differ_name_their_variant()
    {
        var tables =
            SweepTables.Of([new("on", [], [Stage("pretrain", 1, 4)]), new("off", [], [Stage("pretrain", 2, 5), Stage("more", 1, 1)])]);
        Assert.Equal(["on", "off", "unigram (on)", "unigram (off)"], tables[0].Rows.Select(r => r[0]));
        Assert.Equal(["off", "unigram"], tables[1].Rows.Select(r => r[0]));
    }

    private static FinishedRun Run(string name, double loss, double baseline, double? selected = null, params Factor[] factors) =>
        new(name, factors,
        [Stage("finetune", loss, baseline) with { Selection = selected is { } score ? new("mcc", score, HigherIsBetter: true) : null }]);

    private static Factor Seed(int seed) => new(FactorKind.Seed, "seed", $"{seed}");

    private static Factor Rate(string rate) => new(FactorKind.Grid, "learningRate", rate);

    [Fact]
    public void Repetitions_are_followed_by_their_mean_and_sample_deviation()
    {
        var table = Assert.Single(
            SweepTables.Of([Run("a", 1, 5, null, Seed(1)), Run("b", 2, 5, null, Seed(2)), Run("c", 6, 5, null, Seed(3))]));

        // (1 + 2 + 6) / 3 = 3; ((4 + 1 + 9) / 2) ^ 0.5 = 2.6458.
        Assert.Equal(
            ["seed 1 | 1.0000 | 3", "seed 2 | 2.0000 | 3", "seed 3 | 6.0000 | 3", "mean of 3 | 3.0000 | ", "deviation | 2.6458 | ",
                "unigram | 5.0000 | "],
            table.Rows.Select(r => string.Join(" | ", r)));
    }

    [Fact]
    public void Trivial_predictors_that_differ_between_folds_have_mean_and_deviation_too()
    {
        var table = Assert.Single(SweepTables.Of([Run("a", 1, 4, null, Seed(1)), Run("b", 2, 6, null, Seed(2))]));

        Assert.Equal(["unigram: mean of 2 | 5.0000 | ", "unigram: deviation | 1.4142 | "],
            table.Rows.TakeLast(2).Select(r => string.Join(" | ", r)));
    }

    [Fact]
    public void The_best_of_a_grid_is_chosen_by_its_mean_on_dev()
    {
        var table = Assert.Single(SweepTables.Of(
        [
            Run("a", 1, 4, 0.9, Rate("0.1"), Seed(1)), Run("b", 1, 4, 0.1, Rate("0.1"), Seed(2)),
            Run("c", 1, 4, 0.6, Rate("0.2"), Seed(1)), Run("d", 1, 4, 0.7, Rate("0.2"), Seed(2)),
        ]));

        Assert.Equal(["learningRate 0.1, seed 1", "learningRate 0.1, seed 2", "learningRate 0.1: mean of 2", "learningRate 0.1: deviation",
            "learningRate 0.2, seed 1"], table.Rows.Take(5).Select(r => r[0]));
        Assert.Equal("Best on dev by mcc: learningRate 0.2, mean of 2 0.6500.", Assert.Single(table.Notes));
    }

    [Fact]
    public void Files_have_every_figure_of_every_run_and_the_means()
    {
        FinishedRun[] runs = [Run("a", 0.1, 4, null, Rate("[1, 2]"), Seed(1)), Run("b", 0.2, 4, null, Rate("[1, 2]"), Seed(2))];
        var lines = SweepFiles.Csv(runs).TrimEnd('\n').Split('\n');
        var summary = System.Text.Json.JsonSerializer.SerializeToNode(SweepFiles.Summary(runs, done: true), Json.Indented)!;
        var group = summary["stages"]![0]!["groups"]![0]!;

        Assert.Equal("run,learningRate,seed,stage,split,samples,row,loss,seconds", lines[0]);
        Assert.Equal("a,\"[1, 2]\",1,finetune,dev,10,model,0.1,3", lines[1]);
        Assert.Equal("b,\"[1, 2]\",2,finetune,dev,10,unigram,4,", lines[4]);
        Assert.Equal("done", (string)summary["status"]!);
        Assert.Equal((2, "[1, 2]"), ((int)group["count"]!, (string)group["factors"]!["learningRate"]!));
        Assert.Equal(0.15, (double)group["mean"]!["loss"]!, 12);
        Assert.Equal(0.1 / Math.Sqrt(2), (double)group["deviation"]!["loss"]!, 12);
        Assert.Equal(0.2, (double)group["runs"]!["b"]!["loss"]!);
    }

    [Fact]
    public void Nothing_is_named_best_where_the_figure_was_undefined_in_some_of_the_runs()
    {
        FinishedRun Chosen(string name, string rate, Selection? by) =>
            new(name, [Rate(rate)], [Stage("finetune", 1, 4) with { Selection = by }]);
        var table = Assert.Single(SweepTables.Of(
            [Chosen("a", "1", new("mcc", 0.5, true)), Chosen("b", "2", new("loss", 0.1, false)), Chosen("c", "3", null)]));
        Assert.StartsWith(
            "None is named best on dev: the figure to choose by was undefined in some of the runs, which were chosen by mcc and "
            + "loss and none.", Assert.Single(table.Notes));
        var byLoss = Assert.Single(SweepTables.Of([Chosen("a", "1", new("loss", 0.5, false)), Chosen("b", "2", new("loss", 0.1, false))]));
        Assert.Equal("Best on dev by loss: learningRate 2, 0.1000.", Assert.Single(byLoss.Notes));
    }

    [Fact]
    public void A_split_that_is_not_held_out_carries_its_mark() => Assert.Equal("finetune: dev split, NOT HELD OUT",
        Assert.Single(SweepTables.Of([new("a", [], [Stage("finetune", 1, 4) with { Mark = "NOT HELD OUT" }])])).Title);
}
