using System.Text.Json;
using PluginHost.Host.Apps.Benchmarks;
using PluginHost.Host.Apps.Comparisons;
using PluginHost.Host.Records;

namespace PluginHost.Host.Tests.Benchmarks;

public sealed class BenchmarkTableTests
{
    private static Dictionary<string, Spread> Mcc(params double[] values) =>
        new() { ["mcc"] = new(values.Select((v, i) => (v, i)).ToDictionary(p => $"{p.i + 1}", p => p.v)) };

    private static DataSetResult Set(string name, ScoredRow[] models, double baseline, double? published) => new()
    {
        Name = name, Metric = "mcc", Scale = 100, Facts = new(100, 10, 20, ["0", "1"], new(20, 1, 0, 1, 0.95)), Models = models,
        Baselines = [new("majority class", Mcc(baseline))],
        Published = published is { } value
            ? [new("big, model", "a paper, table 1", "mcc", value, 0.01),
            new("big, model", "a paper, table 2", "accuracy", 0.99, null)] : [],
    };

    private static BenchmarkResults Results(Protocol protocol, params DataSetResult[] sets) =>
        new()
        {
            Suite = "s", Data = "d", Models = ["small"], Missing = ["gone"], DataSets = sets, Protocol = protocol,
            Failures = [new("small/x/seed-1", 3, "bad label")]
        };

    [Fact]
    public void An_undefined_figure_is_in_no_mean_and_is_told()
    {
        var table = Assert.Single(BenchmarkTables.Of(Results(Protocol.Each, Set("a", [new("small", Mcc(0.5))], 0, null),
            Set("b", [new("small", Mcc(0.25))], 0, null), Set("c", [new("small", Mcc(0.9, double.NaN))], 0, null)), everything: true));

        Assert.Equal(("mean of 2", "37.50", "-"), (table.Rows[3][0], table.Rows[3][3], table.Rows[2][3][..1]));
        Assert.Contains(table.Notes, n => n.StartsWith("small: mcc is undefined (-) on c, where the truths", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_less_is_better_more_is_no_better_than_a_trivial_predictor()
    {
        static IEnumerable<string> Notes(bool higher) => Assert.Single(BenchmarkTables.Of(Results(Protocol.Each,
            Set("a", [new("small", Mcc(0.5))], 0.4, null) with { HigherIsBetter = higher }), everything: true)).Notes;

        Assert.Equal(["small is no better than a trivial predictor on: a."], Notes(higher: false));
        Assert.Empty(Notes(higher: true));
    }

    [Fact]
    public void Each_heading_names_the_metric_and_each_figure_its_deviation()
    {
        var table = Assert.Single(
            BenchmarkTables.Of(Results(Protocol.Each, Set("a", [new("small", Mcc(0.5, 0.6, 0.7))], 0, 0.8),
            Set("b", [new("small", Mcc(0.2))], 0.3, 0.9)), everything: true));

        Assert.Equal(["data set", "train / dev / test", "test known from training", "small: mcc x100", "majority class: mcc x100",
            "big, model: mcc x100, published"], table.Columns);
        Assert.Equal(["a", "100 / 10 / 20", "2 of 20 (10.0 %): 1 the same, 1 nearly the same",
            "60.00 ± 10.00 (3)", "0.00", "80.00 ± 1.00"],
            table.Rows[0]);
        Assert.Equal(["mean of 2", "", "", "40.00", "15.00", "85.00"], table.Rows[2]);
        Assert.Equal(["small is no better than a trivial predictor on: b."], table.Notes);
    }

    [Fact]
    public void What_pretraining_did_is_tested_on_each_set_and_over_all_of_them()
    {
        static ScoredRow Row(int onlyPretrained, int onlyRandom) => new("small", Mcc(0.5, 0.7))
        {
            FromRandomWeights = new(Mcc(0.3, 0.4), onlyPretrained, onlyRandom),
        };
        var table = Assert.Single(PretrainingTable.Of(Results(Protocol.Each, Set("a", [Row(20, 2)], 0, null),
            Set("b", [Row(3, 2)], 0, null), Set("c", [Row(1, 19)], 0, null), Set("d", [new("small", Mcc(0.5))], 0, null))));

        // Exact, two-sided: 2 * (1 + 22 + 231) / 2^22, 1, 2 * 21 / 2^20; q of the first is p * 3 / 2.
        Assert.Equal(["a", "60.00 ± 14.14 (2)", "35.00 ± 7.07 (2)", "22", "20", "0.0001", "0.0002"], table.Rows[0]);
        Assert.Equal(["5", "3", "1.0000", "1.0000"], table.Rows[1].Skip(3));
        Assert.Equal(["20", "1", "< 0.0001", "0.0001"], table.Rows[2].Skip(3));
        Assert.Equal(["q < 0.01: 1 of 3 for pretraining (a); 1 of 3 against it (c).", "A test sample counts once for each seed."],
            table.Notes);
        Assert.Empty(PretrainingTable.Of(Results(Protocol.Each, Set("d", [new("small", Mcc(0.5))], 0, null))));
    }

    [Fact]
    public void The_mean_is_over_data_sets_that_have_every_figure()
    {
        var table = BenchmarkTables.Of(
            Results(Protocol.Each, Set("a", [new("small", Mcc(0.5))], 0, 0.8), Set("b", [new("small", Mcc(0.2))], 0, null),
            Set("c", [new("small", Mcc(0.1))], 0, 0.4)), everything: true)[0];

        Assert.Equal(["mean of 2", "", "", "30.00", "0.00", "60.00"], table.Rows[^1]);
    }

    [Fact]
    public void Markdown_says_what_is_missing_what_failed_and_where_figures_are_from()
    {
        var text = BenchmarkTables.Markdown(Results(Protocol.Each, Set("a", [new("small", Mcc(0.5))], 0, 0.8)));

        Assert.Contains("Missing from d: gone (1 of 2).", text);
        Assert.Contains("Failed: small/x/seed-1: bad label", text);
        Assert.Contains("- big, model: a paper, table 1", text);
        Assert.Contains("|---|---:|---:|---:|---:|---:|\n", text);
    }

    [Fact]
    public void The_csv_has_a_line_for_every_figure()
    {
        var lines = BenchmarkCsv.Write(Results(Protocol.Each, Set("a", [new("small", Mcc(0.5, 0.25))], 0, 0.8)))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(5, lines.Length);
        Assert.StartsWith("s,a,mcc,model,small,,0.375,0.1767766952966369,1 2,0.5 0.25,100,10,20,1,0,1,", lines[1]);
        Assert.Equal("s,a,mcc,published,\"big, model\",,0.8,0.01,,,100,10,20,1,0,1,\"a paper, table 1\"", lines[3]);
    }

    [Fact]
    public void Results_come_back_from_their_file()
    {
        var results = Results(Protocol.Groups,
            Set("a", [new("small", Mcc(0.5, double.NaN), "b", new Dictionary<string, string> { ["1"] = "p.tsv" })], 0, 0.8));
        var back = JsonSerializer.Deserialize<BenchmarkResults>(JsonSerializer.Serialize(results, Json.Indented), Json.Indented)!;

        Assert.Equal(JsonSerializer.Serialize(results, Json.Indented), JsonSerializer.Serialize(back, Json.Indented));
        Assert.Equal("p.tsv", back.DataSets[0].Models[0].Predictions!["1"]);
    }

    [Fact]
    public void Groups_show_ratios_to_training_within_the_group()
    {
        var tables = GroupTables.Of(Results(Protocol.Groups,
            Set("man", [new("small", Mcc(0.8), "man"), new("small", Mcc(0.4), "fly"), new("small", Mcc(0.9), BenchmarkPlan.All)], 0, null),
            Set("fly", [new("small", Mcc(0.3), "man"), new("small", Mcc(0.5), "fly"), new("small", Mcc(0.5), BenchmarkPlan.All)], 0,
                null)));

        var ratios = tables.Single(t => t.Title.Contains("ratio"));
        Assert.Equal(["man", "1.0000", "0.6000", "0.6000"], ratios.Rows[0]);
        Assert.Equal(["fly", "0.5000", "1.0000", "0.5000"], ratios.Rows[1]);
        Assert.Equal(["all", "1.1250", "1.0000", "1.0625"], ratios.Rows[2]);
        var against = tables.Single(t => t.Title.Contains("one group against training on all"));
        Assert.Equal(["another group, mean", "40.00", "30.00"], against.Rows[0]);
        Assert.Equal(["all groups", "90.00", "50.00"], against.Rows[2]);
    }

    [Fact]
    public void Models_are_compared_over_the_data_sets_both_have()
    {
        ScoredModel Model(string label, params (string Set, double Value)[] figures) =>
            new(label, figures.ToDictionary(f => f.Set, f => new ScoredDataSet("mcc", Mcc(f.Value), new Dictionary<string, string>())));

        var result = AcrossDataSets.Of(
            Model("a", [.. Enumerable.Range(0, 8).Select(i => ($"d{i}", 0.5 + i / 100.0)), ("only", 1)]),
                Model("b", [.. Enumerable.Range(0, 8).Select(i => ($"d{i}", 0.4))]), null);

        Assert.Equal((8, "mcc"), (result.DataSets.Count, result.Metric));
        Assert.Equal(2.0 / 256, result.Test.P, 12);
        Assert.Empty(AcrossDataSets.Of(Model("a", ("x", 1)), Model("b", ("x", 1)), "f1").DataSets);
    }
}
