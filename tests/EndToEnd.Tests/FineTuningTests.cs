using System.Text.Json.Nodes;
using PluginHost.Checkpoints;

namespace PluginHost.EndToEnd.Tests;

/// <summary>Ways of fine-tuning on real splice sites, through the real host.</summary>
public sealed class FineTuningTests : IDisposable
{
    private readonly Workspace here = new();

    public void Dispose() => here.Dispose();

    /// <summary>The small pipeline with one way of training in its finetune stage.</summary>
    private string Pipeline(string train, string sweep = "") => here.Pipeline(4, text => text
        .Replace("learningRate: 1.0e-3, logEvery: 1,", $"learningRate: 1.0e-2, logEvery: 1, {train},")
        .Replace("compareWithScratch: true", "compareWithScratch: false") + "\n" + sweep);

    private JsonNode Json(params ReadOnlySpan<string> file) => JsonNode.Parse(File.ReadAllText(here.Path(file)))!;

    private string[] Predictions(string model, string output)
    {
        here.Run("predict", model, "test.csv", "--device", "cpu", "--output", output).Expect(0);
        return File.ReadAllLines(here.Path(output));
    }

    [Fact]
    public void Lora_leaves_a_base_and_an_adapter_apart_that_predict_as_the_run_did_and_merge_on_request()
    {
        var pipeline = Pipeline("tune: lora, lora: { targets: [ query, value ], rank: 2, dropout: 0.1 }");
        here.Run("run", "--pipeline", pipeline, "--output", "apart", "--device", "cpu").Expect(0);
        var config = Json("apart", "adapter", "adapter_config.json");
        Assert.Equal(("LORA", 2, 32, "none"),
            ((string)config["peft_type"]!, (int)config["r"]!, (int)config["lora_alpha"]!, (string)config["bias"]!));
        Assert.Equal(["bert.encoder.layer.0.attention.self.query", "bert.encoder.layer.0.attention.self.value"],
            config["target_modules"]!.AsArray().Select(t => (string)t!));
        Assert.Equal(["classifier"], config["modules_to_save"]!.AsArray().Select(t => (string)t!));
        Assert.Equal(
            ["base_model.model.bert.encoder.layer.0.attention.self.query.lora_A.weight",
                "base_model.model.bert.encoder.layer.0.attention.self.query.lora_B.weight",
             "base_model.model.bert.encoder.layer.0.attention.self.value.lora_A.weight",
                 "base_model.model.bert.encoder.layer.0.attention.self.value.lora_B.weight",
             "base_model.model.classifier.bias", "base_model.model.classifier.weight"],
            Names("apart", "adapter", "adapter_model.safetensors"));
        Assert.DoesNotContain(Names("apart", "model", "model.safetensors"), name => name.Contains("lora"));

        // Loaded again, base and adapter give the very predictions of the run.
        var unmerged = Predictions("apart", "unmerged.tsv");
        Assert.Equal(File.ReadAllLines(here.Path("apart", "predictions", "evaluate.tsv")).Select(Values), unmerged.Select(Values));

        // Merged afterwards, by the command, and in a run that merges: one model of the base's shape.
        here.Run("merge", "apart", "--output", "merged").Expect(0, "merged");
        Close(unmerged, Predictions("merged", "merged.tsv"));
        Assert.Equal(Names("apart", "model", "model.safetensors"), Names("merged", "model.safetensors"));
        Assert.False(Directory.Exists(here.Path("merged", "adapter")));
        here.Run("run", "--pipeline", pipeline, "--output", "merging", "--device", "cpu", "--set", "stages.finetune.train.lora.merge=true")
            .Expect(0);
        Close(unmerged, Predictions("merging", "merging.tsv"));
        here.Run("merge", "merged", "--output", "twice").Expect(2, "has no adapter");

        // The adapter apart goes on the base in place of its own.
        here.Run("predict", "merging", "test.csv", "--adapter", "nowhere").Expect(3, "There is no adapter");
        here.Run("predict", "apart/model", "test.csv", "--adapter", here.Path("apart", "adapter"), "--device", "cpu", "--output",
            "adapted.tsv").Expect(0);
        Assert.Equal(unmerged, File.ReadAllLines(here.Path("adapted.tsv")));
    }

    [Theory]
    [InlineData("tune: lora, lora: { targets: [ all-linear ], rank: 2, dropout: 0.2 }")]
    [InlineData("tune: gradual, layerDecay: 0.5")]
    public void Killed_and_resumed_it_equals_the_uninterrupted_run(string train)
    {
        var pipeline = Pipeline(train);
        here.Run("run", "--pipeline", pipeline, "--output", "whole", "--device", "cpu").Expect(0);
        using (var host = HostProcess.Start(here.Folder, "run", "--pipeline", pipeline, "--output", "cut", "--device", "cpu"))
        {
            var folder = here.Path("cut", "checkpoints", "finetune");
            while (!host.HasExited && !(Directory.Exists(folder) && Directory.EnumerateDirectories(folder, "step-*").Any()))
                Thread.Sleep(0);
            Assert.False(host.HasExited);
            host.Kill();
        }
        here.Run("run", "--resume", "cut", "--device", "cpu").Expect(0);

        Assert.Equal(here.Fingerprint("whole"), here.Fingerprint("cut"));
    }

    [Fact]
    public void A_sweep_runs_every_combination_shares_pretraining_goes_on_after_an_interruption_and_averages()
    {
        var pipeline = Pipeline("tune: head",
            "grid: { stages.finetune.train.learningRate: [ 1.0e-3, 1.0e-2 ] }\nsubsets: [ 50 ]\nfolds: 3");
        using (var host = HostProcess.Start(here.Folder, "run", "--pipeline", pipeline, "--output", "sweep", "--device", "cpu"))
        {
            while (!host.HasExited && !host.Error.Contains("(3 of 6)")) Thread.Sleep(1);
            host.PressCtrlC();
            host.Wait().Expect(130, "host run --resume");
        }
        var result = here.Run("run", "--resume", "sweep", "--device", "cpu")
            .Expect(0, "(1 of 6) is done already.", "pretrain is the same as in run", "mean of 3", "deviation",
                "Best on dev by mcc (50 % of the labels): learningRate");
        Assert.DoesNotContain("(6 of 6) is done already.", result.Error);

        var name = "learningRate-1.0e-2_subset-50_fold-2";
        Assert.Equal(File.ReadAllBytes(here.Path("sweep", "learningRate-1.0e-3_subset-50_fold-1", "stages", "pretrain.json")),
            File.ReadAllBytes(here.Path("sweep", name, "stages", "pretrain.json")));
        Assert.Equal("done", here.Status($"sweep/{name}"));
        var summary = Json("sweep", "summary.json");
        Assert.Equal("done", (string)summary["status"]!);
        var groups = summary["stages"]!.AsArray().Single(s => (string)s!["name"]! == "evaluate")!["groups"]!.AsArray();
        Assert.Equal(2, groups.Count);
        foreach (var group in groups)
        {
            var runs = group!["runs"]!.AsObject().Select(r => (double)r.Value!["accuracy"]!).ToList();
            Assert.Equal(3, runs.Count);
            Assert.Equal(runs.Average(), (double)group["mean"]!["accuracy"]!, 12);
        }
        Assert.Equal(1, File.ReadLines(here.Path("sweep", "comparison.csv"))
            .Count(l => l.StartsWith(name, StringComparison.Ordinal) && l.Contains(",evaluate,") && l.Contains(",model,")));

        // A run that shared another's pretraining is the run it would have been alone.
        here.Run("run", "--pipeline", here.Path("sweep", "pipelines", name + ".yaml"), "--output", "alone", "--device", "cpu").Expect(0);
        Assert.Equal(here.Fingerprint("alone"), here.Fingerprint($"sweep/{name}"));
    }

    [Theory]
    [InlineData("tune: lora, lora: { targets: [ qkv ] }", "no linear layer of the backbone is named 'qkv'")]
    [InlineData("tune: lora", "needs 'lora:")]
    public void Mistakes_come_out_before_anything_is_written(string train, string message)
    {
        here.Run("run", "--pipeline", Pipeline(train), "--output", "none", "--device", "cpu").Expect(2, message);

        Assert.False(Directory.Exists(here.Path("none")));
    }

    private IEnumerable<string> Names(params ReadOnlySpan<string> file)
    {
        using var tensors = SafetensorsFile.Open(here.Path(file));
        return [.. tensors.Entries.Select(e => e.Name).Order(StringComparer.Ordinal)];
    }

    private static string Values(string line) => string.Join('\t', line.Split('\t')[^3..]);

    private static void Close(string[] one, string[] other)
    {
        Assert.Equal(one.Length, other.Length);
        foreach (var (a, b) in one.Zip(other).Skip(1))
            foreach (var (x, y) in a.Split('\t')[^3..].Zip(b.Split('\t')[^3..]))
                Assert.Equal(double.Parse(x, System.Globalization.CultureInfo.InvariantCulture),
                    double.Parse(y, System.Globalization.CultureInfo.InvariantCulture), 1e-5);
    }
}
