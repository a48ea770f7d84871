using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PluginHost.Checkpoints;
using PluginHost.Host.Tests.Commands;

namespace PluginHost.Host.Tests.Plugins.Samples;

[Collection("sample plugins")]
public sealed class DistillationSampleTests(SamplePlugins plugins)
{
    private static readonly string[] small =
        ["stages.0.train.precision=fp32", "stages.0.train.batchTokens=2048", "stages.0.train.evaluateSamples=100"];

    private string Teacher => $"stages.0.objective.teacher={plugins.Teacher}";

    private static string Sum(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    private static double[] Figures(string run, string name) => [.. File.ReadLines(Path.Combine(run, "metrics.jsonl"))
        .Select(line => JsonNode.Parse(line)!["metrics"]?[name]).Where(figure => figure is not null).Select(figure => (double)figure!)];

    [Fact]
    public void A_student_comes_nearer_to_its_teacher_and_holds_nothing_of_it()
    {
        var weights = Path.Combine(plugins.Teacher, "model", "model.safetensors");
        var before = Sum(weights);
        var run = plugins.Run("distill.yaml", "student", [Teacher, .. small, "stages.0.train.steps=40", "stages.0.train.evaluateEvery=10",
            "stages.0.train.learningRate=5.0e-3"]);

        var distances = Figures(run, "distillation");
        // On dev; the last is that of the test split, by the model that tells splice sites best.
        Assert.True(distances[1..^1].Min() < 0.9 * distances[0], string.Join(", ", distances));
        Assert.Equal(before, Sum(weights));
        var recorded = JsonNode.Parse(File.ReadAllText(Path.Combine(run, "run.json")))!["models"]!.AsArray().Single()!;
        Assert.Equal((Path.GetDirectoryName(weights), before), ((string?)recorded["path"], (string?)recorded["sha256"]));
        using (var file = SafetensorsFile.Open(Path.Combine(run, "model", "model.safetensors")))
            // The teacher's table has a row for each of 64 words of three bases and five special tokens.
            Assert.DoesNotContain(file.Entries, entry => entry.Shape.Contains(69));

        // What was trained so is used without its teacher: here its folder is another's who has none.
        var moved = plugins.At("moved");
        Directory.CreateDirectory(moved);
        foreach (var name in Directory.GetFiles(Path.Combine(run, "model")))
            File.WriteAllBytes(Path.Combine(moved, Path.GetFileName(name)), File.ReadAllBytes(name));
        Directory.Move(plugins.Teacher, plugins.Teacher + "-away");
        try
        {
            var data = Path.Combine(Repository.Root, "samples", "fly_splice", "dev.csv");
            var said = plugins.Host("evaluate", moved, data, "--device", "cpu");
            Assert.Contains("mcc", said);
            Assert.DoesNotContain("distillation", said);
        }
        finally
        {
            Directory.Move(plugins.Teacher + "-away", plugins.Teacher);
        }
    }

    /// <summary>
    /// Without a dev split the teacher is read in the midst of a step, between two draws of dropout: at another step where the run is
    /// resumed.
    /// </summary>
    [Fact]
    public void A_resumed_run_leaves_what_an_uninterrupted_one_leaves()
    {
        var pipeline = Path.Combine(plugins.At("resumed.yaml"));
        var samples = Path.Combine(Repository.Root, "samples", "fly_splice");
        File.WriteAllText(pipeline, File.ReadAllText(Path.Combine(SamplePlugins.Sources, "distill.yaml"))
            .Replace("folder: ../fly_splice", $"train: {Path.Combine(samples, "train.csv")}").Replace("  - evaluate\n", ""));
        string[] run = ["run", "--quiet", "--device", "cpu", "--pipeline", pipeline, "--plugins", plugins.Plugins,
            .. ((string[])[Teacher, "stages.0.train.precision=fp32", "stages.0.train.batchTokens=1024", "stages.0.train.accumulate=2",
                "stages.0.train.steps=12", "stages.0.train.checkpointEvery=1", "stages.0.train.keepCheckpoints=12"])
                .SelectMany(s => (string[])["--set", s])];
        var (whole, cut) = (plugins.At("whole"), plugins.At("cut"));
        Assert.Equal(0, HostProcess.Run([.. run, "--output", whole]).Code);
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Repository.Root };
        foreach (var argument in (string[])[HostProcess.Dll, .. run, "--output", cut]) start.ArgumentList.Add(argument);
        using (var host = Process.Start(start)!)
        {
            while (!host.HasExited && !Directory.Exists(Path.Combine(cut, "checkpoints", "finetune", "step-000000003"))) Thread.Sleep(1);
            Assert.False(host.HasExited);
            host.Kill();
            host.WaitForExit();
        }
        var (code, _, error) = HostProcess.Run("run", "--resume", cut, "--quiet", "--device", "cpu", "--plugins", plugins.Plugins);
        Assert.True(code == 0, error);
        foreach (var file in (string[])["metrics.jsonl", "model/model.safetensors"])
            Assert.Equal(Sum(Path.Combine(whole, file)), Sum(Path.Combine(cut, file)));
    }

    [Theory]
    [InlineData("teacher=/no/such/run", 3, "/no/such/run")]
    [InlineData("role=tokens", 2, "the task has no role 'tokens'; it has: class")]
    [InlineData("task={ use: regress, targets: [label] }", 2, "distill matches scores that compete")]
    public void What_cannot_be_distilled_comes_out_before_anything_runs(string change, int exit, string sentence)
    {
        var (code, _, error) = HostProcess.Run("check", "--pipeline", Path.Combine(SamplePlugins.Sources, "distill.yaml"), "--plugins",
            plugins.Plugins, "--device", "cpu", "--set", Teacher, "--set", $"stages.0.objective.{change}");
        Assert.True(code == exit, error);
        Assert.Contains(sentence, error);
    }
}
