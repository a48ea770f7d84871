namespace PluginHost.EndToEnd.Tests;

/// <summary>What of labelled data would make figures silently wrong, through the real host.</summary>
public sealed class LabelFaultTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-labels-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private HostProcess.Result Host(params string[] arguments) => HostProcess.Run(folder, arguments);

    private static IEnumerable<string> Rows(string file, int take) => File.ReadLines(Repository.Sample("fly_splice", file)).Skip(1)
        .Where(l => !l.EndsWith(",2", StringComparison.Ordinal)).Take(take);

    private void Table(string file, IEnumerable<string> rows) =>
        File.WriteAllLines(Path.Combine(folder, file), rows.Prepend("sequence,label"));

    private void Pipeline(string data, string train = "steps: 4, batchSize: 8") => File.WriteAllText(Path.Combine(folder, "p.yaml"), $$"""
        tokenizer: { use: kmer, k: 3 }
        architecture: { use: bert-encoder, layers: 1, width: 16, attentionHeads: 2, maxPositions: 110 }
        stages:
          - finetune:
              data: { use: table, {{data}} }
              objective: { use: classify }
              train: { {{train}} }
          - evaluate: { baselines: false, metrics: [ accuracy, auroc ] }
        """);

    [Fact]
    public void Labels_that_training_lacks_stop_check_run_and_evaluate_alike()
    {
        Table("train.csv", Rows("train.csv", 40));
        Table("dev.csv", Rows("dev.csv", 10));
        Table("test.csv", Rows("test.csv", 10).Select((r, i) => i is 3 or 7 ? r[..^1] + "5" : r));
        Pipeline("folder: .");
        string[] message = ["test.csv:5: unknown label '5' in 2 rows; known labels are 0, 1."];
        Host("check", "--pipeline", "p.yaml").Expect(3, message);
        Host("run", "--pipeline", "p.yaml", "--output", "run").Expect(3, message);
        Assert.False(Directory.Exists(Path.Combine(folder, "run")));

        File.Move(Path.Combine(folder, "test.csv"), Path.Combine(folder, "later.csv"));
        Table("test.csv", Rows("test.csv", 10));
        Host("run", "--pipeline", "p.yaml", "--output", "run").Expect(0);
        Host("evaluate", "run", "later.csv").Expect(3, "later.csv:5: unknown label '5' in 2 rows; known labels are 0, 1.");
        Host("evaluate", "run", "train.csv", "-q").Expect(0, "NOT HELD OUT", "the model was trained on");
        Assert.DoesNotContain("NOT HELD OUT", Host("evaluate", "run", "test.csv").Expect(0).Output);
    }

    [Fact]
    public void One_table_that_serves_as_all_splits_carries_its_mark_and_is_not_sound()
    {
        Table("all.csv", Rows("train.csv", 40));
        Pipeline("path: all.csv");
        Host("check", "--pipeline", "p.yaml").Expect(3, "The pipeline is not sound", "heldOut: none");
        Host("run", "--pipeline", "p.yaml", "--output", "run", "-q").Expect(0, "evaluate: 40 samples of the test split, NOT HELD OUT");
        foreach (var file in (string[])["summary.json", "report.html"])
            Assert.Contains("NOT HELD OUT: all 40 samples of the test split", File.ReadAllText(Path.Combine(folder, "run", file)));
        Host("check", "--pipeline", "p.yaml", "--set", "stages.evaluate.heldOut=none", "--set", "stages.finetune.heldOut=none")
            .Expect(0, "The pipeline is sound.");
    }

    [Fact]
    public void A_figure_that_dev_cannot_define_leaves_the_choice_to_the_loss_and_says_so()
    {
        Table("train.csv", Rows("train.csv", 40));
        Table("dev.csv", Rows("dev.csv", 30).Where(r => r.EndsWith(",0", StringComparison.Ordinal)));
        Table("test.csv", Rows("test.csv", 10));
        Pipeline("folder: .", "steps: 6, batchSize: 8, evaluateEvery: 1, patience: 2, selectBy: auroc");
        Host("run", "--pipeline", "p.yaml", "--output", "run", "-q").Expect(0,
            "finetune: auroc cannot choose a model on dev: all its labelled samples are of the class '0'");
        var summary = File.ReadAllText(Path.Combine(folder, "run", "summary.json"));
        Assert.Contains("\"metric\": \"loss\"", summary);
        Assert.Contains("went by the loss on dev instead", summary);
        Assert.Contains("<td>-</td>", File.ReadAllText(Path.Combine(folder, "run", "report.html")));
    }
}
