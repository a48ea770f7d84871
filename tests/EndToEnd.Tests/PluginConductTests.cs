using System.Diagnostics;
using System.Text.Json.Nodes;

namespace PluginHost.EndToEnd.Tests;

/// <summary>What a plugin does to the process: ends it, prints into its results, leaves threads behind, pays no attention to
/// signals.</summary>
public sealed class PluginConductTests : IDisposable
{
    private static readonly string plugin = Path.Combine(Repository.Root, "artifacts", "fixtures", "Misbehaves");
    private readonly Workspace here = new();

    public void Dispose() => here.Dispose();

    [Fact]
    public void One_that_ends_the_process_in_the_midst_of_training_is_named_and_the_run_is_marked_failed()
    {
        var ended = Run("exits").Expect(4);
        Assert.Contains($"host: Plugin Misbehaves ({plugin}/Misbehaves.dll) in BadNet.Forward or BadTool.RunAsync ended the process by "
            + "Environment.Exit(0). A plugin that cannot go on has to throw.", ended.Error);
        var record = JsonNode.Parse(File.ReadAllText(here.Path("run", "run.json")))!;
        Assert.Equal("failed", (string)record["status"]!);
        Assert.Contains("ended the process by Environment.Exit(0)", (string)record["failure"]!);
        // Nineteen steps were taken, and the checkpoint of one of them is whole.
        Assert.Contains("step-000000018", Directory.GetDirectories(here.Path("run", "checkpoints", "finetune")).Select(Path.GetFileName));
    }

    [Fact]
    public void One_that_prints_does_not_print_into_results()
    {
        var clean = Act("none").Expect(0).Output;
        Assert.Equal("result\n", clean.ReplaceLineEndings("\n"));
        var noisy = Act("noise").Expect(0, "NOISE of the tool");
        Assert.Equal(clean, noisy.Output);
        var run = Run("noise", "noise").Expect(0);
        Assert.DoesNotContain("NOISE", run.Output);
        Assert.Contains("NOISE of the tokenizer", run.Error);
        Assert.Contains("NOISE of the net", run.Error);
    }

    [Theory]
    [InlineData("exits", "BadTool.RunAsync ended the process by Environment.Exit(0)")]
    [InlineData("throws-on-thread", "failed in BadTool.RunAsync (", "on a thread of its own: InvalidOperationException: nobody watches")]
    [InlineData("cancels", "failed in BadTool.RunAsync (", "OperationCanceledException: nobody asked for it")]
    public void A_command_of_one_ends_with_4_and_a_sentence(string act, params string[] said) =>
        Assert.Equal("result\n", Act(act).Expect(4, ["host: Plugin Misbehaves (", .. said]).Output.ReplaceLineEndings("\n"));

    [Fact]
    public void A_thread_left_behind_does_not_hold_the_process()
    {
        var clock = Stopwatch.StartNew();
        Assert.Equal("result\n", Act("thread").Expect(0).Output.ReplaceLineEndings("\n"));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("never-ends")]
    [InlineData("hangs-at-exit")]
    public void The_second_signal_ends_what_pays_no_attention_and_what_hangs_at_the_end(string act)
    {
        using var host = HostProcess.Start(here.Folder, "bad", "act", "--fault", act, "--plugins", plugin);
        host.Until(() => host.Output.Contains("result"));
        host.PressCtrlC();
        host.Until(() => host.Error.Contains("Stopping as soon as the work is safe"));
        host.PressCtrlC();
        host.Wait().Expect(130, "Stopped at once.");
    }

    private HostProcess.Result Act(string fault) => here.Run("bad", "act", "--fault", fault, "--plugins", plugin);

    private HostProcess.Result Run(string net, string tokenizer = "none")
    {
        File.WriteAllText(here.Path("bad.yaml"), $$"""
            name: bad
            seed: 4
            tokenizer: { use: bad-tok, fault: {{tokenizer}} }
            architecture: { use: bad-net, fault: {{net}} }
            stages:
              - finetune:
                  data: { use: table, train: train.csv, dev: dev.csv }
                  objective: { use: bad-task }
                  heldOut: none
                  baselines: false
                  metrics: [ accuracy ]
                  train: { precision: fp32, steps: 22, batchSize: 16, learningRate: 1.0e-3, checkpointEvery: 6, keepCheckpoints: 2 }
            """);
        return here.Run("run", "--pipeline", here.Path("bad.yaml"), "--output", "run", "--device", "cpu", "--plugins", plugin);
    }
}
