using System.Text.Json.Nodes;

namespace PluginHost.EndToEnd.Tests;

public class RunTests(ReferenceRun reference) : IClassFixture<ReferenceRun>
{
    private Workspace Here => reference.Workspace;

    [Fact]
    public void A_run_leaves_all_its_files_and_says_done()
    {
        Assert.Equal("done", Here.Status("reference"));
        foreach (var file in (string[])["run.json", "pipeline.resolved.yaml", "metrics.jsonl", "timings.jsonl", "summary.json",
            "report.html", "model/config.json", "model/model.safetensors", "model/vocab.txt"])
            Assert.True(File.Exists(Here.Path("reference", file)), file);
        var summary = JsonNode.Parse(File.ReadAllText(Here.Path("reference", "summary.json")))!;
        Assert.Equal("done", (string)summary["status"]!);
        Assert.Equal(["pretrain", "finetune", "finetune-from-random-weights", "evaluate"],
            summary["stages"]!.AsArray().Select(s => (string)s!["name"]!));
    }

    [Fact]
    public void The_table_shows_the_model_beside_random_weights_and_baselines_and_says_what_pretraining_did() =>
        reference.Result.Expect(0, "from random weights", "majority", "What pretraining did: test mcc is");

    [Fact]
    public void The_report_has_curves_tables_and_no_outside_assets()
    {
        var html = File.ReadAllText(Here.Path("reference", "report.html"));

        Assert.Contains("<svg", html);
        Assert.Contains("true \\ predicted", html);
        Assert.DoesNotContain("http://", html);
        Assert.DoesNotContain("https://", html);
        Assert.DoesNotContain("<script", html);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_whatever_the_worker_count()
    {
        Here.Run("run", "--pipeline", reference.Pipeline, "--output", "again", "--device", "cpu", "--set",
            "stages.pretrain.train.workers=5").Expect(0);

        Assert.Equal(reference.Fingerprint, Here.Fingerprint("again"));
    }

    [Fact]
    public void Piped_sequences_get_the_predictions_of_files()
    {
        var table = Here.Run("predict", "reference", "test.csv", "--device", "cpu").Expect(0).Output;
        Assert.Equal(table, Shell.Run(Here.Folder, "cat test.csv | $HOST predict reference - --device cpu").Expect(0).Output);
        Assert.Equal(table, Shell.Run(Here.Folder, "$HOST predict reference /dev/stdin --device cpu < test.csv").Expect(0).Output);
        Assert.Equal(table, Shell.Run(Here.Folder, "$HOST predict reference <(gzip -c test.csv) --device cpu").Expect(0).Output);
        Assert.Equal(Here.Run("evaluate", "reference", "test.csv", "--device", "cpu").Expect(0).Output,
            Shell.Run(Here.Folder, "cat test.csv | $HOST evaluate reference - --device cpu").Expect(0).Output);
    }

    [Fact]
    public void What_is_no_data_and_what_is_no_model_is_named()
    {
        File.WriteAllText(Here.Path("reads.fq"), "@r1\nACGT\n+\nIIII\n");
        Directory.CreateDirectory(Here.Path("lora"));
        File.WriteAllText(Here.Path("lora", "adapter_config.json"), "{}");
        Here.Run("predict", "reference", "reads.fq").Expect(3, "reads.fq is a FASTQ file", "seqtk seq -A reads.fq");
        Here.Run("predict", "reference", "lora").Expect(3, "lora is a folder of low-rank adapters", "--adapter lora");
        Here.Run("predict", "lora", "test.csv").Expect(3, "not a model folder", "--adapter lora");
        Here.Run("predict", "reads.fq", "reference").Expect(2, "reads.fq is a FASTQ file", "MODEL comes before DATA");
        Here.Run("check", "--pipeline", "reads.fq").Expect(2, "a FASTQ file, not a pipeline");
        Here.Run("check", "--pipeline", "reference").Expect(2, "a run folder, not a pipeline", "host run --resume reference");
    }

    [Fact]
    public void A_reloaded_model_predicts_and_scores_the_same_bits()
    {
        string[] data = ["reference", "test.csv", "--device", "cpu"];
        Here.Run(["evaluate", .. data, "--output", "evaluated.tsv"]).Expect(0);
        Here.Run(["predict", .. data, "--output", "predicted.tsv"]).Expect(0);
        var run = File.ReadAllLines(Here.Path("reference", "predictions", "evaluate.tsv"));

        Assert.Equal(run, File.ReadAllLines(Here.Path("evaluated.tsv")));
        Assert.Equal(run.Select(Values), File.ReadAllLines(Here.Path("predicted.tsv")).Select(Values));

        static string Values(string line) => string.Join('\t', line.Split('\t')[^3..]);
    }

    [Fact]
    public void A_folder_with_a_run_in_it_is_refused_and_left_alone()
    {
        Here.Run("run", "--pipeline", reference.Pipeline, "--output", "reference").Expect(2, "exists already", "--resume");

        Assert.Equal(reference.Fingerprint, Here.Fingerprint("reference"));
    }

    [Fact]
    public void Resuming_a_finished_run_shows_its_result_again_and_changes_nothing()
    {
        Here.Run("run", "--resume", "reference", "--device", "cpu").Expect(0, "done before", "from random weights");

        Assert.Equal(reference.Fingerprint, Here.Fingerprint("reference"));
    }

    [Fact]
    public void A_model_folder_with_a_flipped_bit_is_refused()
    {
        var copy = Directory.CreateDirectory(Here.Path("broken")).FullName;
        foreach (var file in Directory.GetFiles(Here.Path("reference", "model")))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        var weights = Path.Combine(copy, "model.safetensors");
        var bytes = File.ReadAllBytes(weights);
        bytes[^5] ^= 1;
        File.WriteAllBytes(weights, bytes);

        Here.Run("predict", "broken", "test.csv").Expect(3, "model.safetensors", "does not match");
    }
}
