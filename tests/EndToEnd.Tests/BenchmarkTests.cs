using System.Text.Json.Nodes;

namespace PluginHost.EndToEnd.Tests;

/// <summary>A benchmark over folders of every layout, made of fly splice sites, through the real host.</summary>
public sealed class BenchmarkTests : IDisposable
{
    private readonly Workspace here = new();

    public void Dispose() => here.Dispose();

    private string Write(string name, string text)
    {
        var path = here.Path(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private static IEnumerable<(string Sequence, string Label)> Rows(string file, int skip, int take) =>
        File.ReadLines(Repository.Sample("fly_splice", file)).Skip(1 + skip).Where((_, i) => i % 20 == 0).Take(take)
            .Select(l => l.Split(',')).Select(c => (c[0], c[1] == "2" ? "0" : "1"));

    private void Tables(string folder, int skip)
    {
        foreach (var (file, take) in new[] { ("train.csv", 60), ("dev.csv", 20), ("test.csv", 30) })
            Write(Path.Combine(folder, file),
                "sequence,label\n" + string.Concat(Rows(file, skip, take).Select(r => $"{r.Sequence},{r.Label}\n")));
    }

    private string Recipe(bool pretrain) => here.Pipeline(2, text =>
    {
        var stages = text.Replace("compareWithScratch: true", "compareWithScratch: false")
            .Replace("labels: [ donor, acceptor, neither ]", "classes: 9");
        return pretrain ? stages : stages[..stages.IndexOf("  - pretrain", StringComparison.Ordinal)]
            + stages[stages.IndexOf("  - finetune", StringComparison.Ordinal)..];
    });

    private JsonNode Results(string folder) => JsonNode.Parse(File.ReadAllText(here.Path(folder, "benchmark.json")))!;

    [Fact]
    public void A_suite_is_run_into_one_table_beside_baselines_and_published_figures_and_goes_on_after_a_failure()
    {
        Tables("gue/mouse/2", 0);
        Tables("gue/prom_core_tata", 7);
        var whole = File.ReadAllText(here.Path("gue/prom_core_tata/test.csv"));
        File.WriteAllText(here.Path("gue/prom_core_tata/test.csv"), whole + "ACGTTT,5\n");
        string[] ask = ["benchmark", "--suite", "gue", "--data", "gue", "--model", $"tiny={Recipe(pretrain: true)}", "--seeds", "1,2",
            "--output", "bench", "--device", "cpu"];

        here.Run(ask).Expect(3, "the label '5', which the training split lacks", "26 of the 28 data sets of gue are missing");
        Assert.Equal("mouse_2", (string)Results("bench")["data_sets"]!.AsArray().Single()!["name"]!);
        File.WriteAllText(here.Path("gue/prom_core_tata/test.csv"),
            whole + whole.Split('\n')[1] + "\n" + File.ReadLines(here.Path("gue/prom_core_tata/train.csv")).ElementAt(1) + "\n");
        File.Delete(here.Path("bench/tiny/mouse_2/seed-2/summary.json"));
        var again = here.Run("benchmark", "--resume", "bench")
            .Expect(0, "test samples known from training: 1 of 32 (3.1 %): 1 the same", "tiny on mouse_2, seed 1");

        Assert.Equal(2, again.Error.Split('\n').Count(l => l.Trim() == "Done already."));
        Assert.DoesNotContain("test by class", again.Output);
        var table = File.ReadAllText(here.Path("bench/benchmark.md"));
        Assert.Contains("| tiny: mcc x100 | majority class: mcc x100 | 5-mer logistic regression: mcc x100 |", table);
        Assert.Contains("DNAZEN, further pretrained on GUE: mcc x100, published", table);
        Assert.Contains("| mouse_2 | 60 / 20 / 30 |", table);
        Assert.Contains("79.15", table);
        var set = Results("bench")["data_sets"]!.AsArray().Single(d => (string)d!["name"]! == "mouse_2")!;
        Assert.Equal(["1", "2"], set["models"]![0]!["metrics"]!["mcc"]!["values"]!.AsObject().Select(v => v.Key));
        Assert.False(Directory.Exists(here.Path("bench/tiny/mouse_2/seed-1/checkpoints")));
        Assert.Single(Directory.GetDirectories(here.Path("bench/tiny")), d => d.EndsWith("pretraining", StringComparison.Ordinal));

        // One pretraining for all: fine-tuned models start from the same weights, and so differ by seed alone.
        here.Run("compare", "bench/tiny/mouse_2/seed-1", "bench/tiny/mouse_2/seed-2", "--resamples", "100", "--output", "c.json")
            .Expect(0, "McNemar's exact test", "DeLong's test of auroc", "95 % low");
        Assert.Equal(30, (int)JsonNode.Parse(File.ReadAllText(here.Path("c.json")))!["comparison"]!["samples"]!);
        here.Run("benchmark", "--suite", "gue", "--data", "gue", "--model", $"tiny={here.Path("tiny.yaml")}", "--set",
            "stages.finetune.train.steps=3", "--output", "bench", "--seeds", "1", "--device", "cpu")
            .Expect(2, "was started with another pipeline");
    }

    [Fact]
    public void A_share_of_the_labels_is_read_and_what_pretraining_did_has_a_table()
    {
        Tables("sets/a", 0);
        var pipeline = here.Pipeline(2, text => text.Replace("labels: [ donor, acceptor, neither ]", "classes: 9"));
        here.Run("benchmark", "--suite", "folder", "--data", "sets", "--model", $"tiny={pipeline}", "--labels", "50", "--output", "bench",
            "--device", "cpu").Expect(0, "What pretraining did for tiny: mcc on the test split", "q over 1 data sets");

        var run = JsonNode.Parse(File.ReadAllText(Directory.GetFiles(here.Path("bench/tiny/a"), "summary.json",
            SearchOption.AllDirectories).Single()))!;
        Assert.Contains("50 % of the training split", run.ToJsonString());
        Assert.NotNull(Results("bench")["data_sets"]![0]!["models"]![0]!["from_random_weights"]!["only_pretrained"]);
        Assert.Contains("What pretraining did", File.ReadAllText(here.Path("bench/benchmark.md")));
    }

    [Fact]
    public void Folders_of_classes_and_labelled_fasta_are_read_and_groups_are_crossed()
    {
        foreach (var (split, file, take) in new[] { ("train", "train.csv", 60), ("test", "test.csv", 30) })
        {
            var rows = Rows(file, 3, take).ToList();
            for (var i = 0; i < rows.Count; i++)
                Write($"two/classes/{split}/{(rows[i].Label == "1" ? "site" : "other")}/{i}.txt", rows[i].Sequence);
            Write($"two/fasta/{split}.fna",
                string.Concat(Rows(file, 11, take).Select((r, i) => $">s{i}|{(r.Label == "1" ? "site" : "other")}\n{r.Sequence}\n")));
        }
        here.Run("benchmark", "--suite", "folder", "--data", "two", "--protocol", "groups", "--model", $"tiny={Recipe(pretrain: false)}",
            "--metric", "mcc", "--output", "cross", "--device", "cpu", "--keep", "predictions")
            .Expect(0, "tiny: mcc as a ratio to training within the test group", "classes: mcc ratio",
                "training on one group against training on all");

        var results = Results("cross");
        Assert.Equal(["classes", "fasta"], results["data_sets"]!.AsArray().Select(d => (string)d!["name"]!));
        Assert.Equal(["classes", "fasta", "all"], results["data_sets"]![0]!["models"]!.AsArray().Select(m => (string)m!["trained_on"]!));
        Assert.Equal(30, (int)results["data_sets"]![1]!["known_from"]!["classes"]!["sequences"]!);
        Assert.False(Directory.Exists(here.Path("cross/tiny/all/seed-11/model")));
        here.Run("compare", "cross", "cross", "--models", "tiny,tiny").Expect(0, "Over data sets: Wilcoxon");
        here.Run("benchmark", "--suite", "nt", "--data", "two", "--model", here.Path("tiny.yaml"))
            .Expect(3, "There is no data set of the suite nt");
    }
}
